package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import java.util.Set;

/** RFC 7644 §3.11: the alias of the authenticated subject. */
final class S3_11_Me {
  private S3_11_Me() {}

  static Section section() {
    return Section.rfc("rfc7644/3.11", "/Me Authenticated Subject Alias")
        .must("me-is-clear")
        .clause(
            "A service provider that does NOT support this feature SHOULD respond with 501; it MAY"
                + " redirect with 308")
        .sends("GET /Me")
        .requires("200, 308, 501, or 403 or 404")
        .run(scim -> {
          Answer me = scim.get("/Me").status(200, 308, 501, 404, 403);
          scim.prefer(
              Set.of(200, 308, 501).contains(me.status()), "200, 308 or 501", "" + me.status());
        });
  }
}
