package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Request;
import java.util.Map;
import java.util.Optional;

/** RFC 7644 §2: authentication. */
final class S2_Authentication {
  private static final String CLAUSE =
      "Clients MUST be authenticated (§2); a failed authentication is answered 401 (§3.12)";

  private S2_Authentication() {}

  static Section section() {
    Section section =
        Section.rfc("rfc7644/2", "Authentication and Authorization")
            .must("no-token")
            .clause(CLAUSE)
            .sends("GET /Users without Authorization")
            .requires("401")
            .run(scim -> scim.send(anonymous(scim, "/Users")).status(401))
            .must("challenge")
            .clause(
                "The service provider ... SHALL include the WWW-Authenticate header (RFC 7235"
                    + " §3.1)")
            .sends("GET /Users without Authorization")
            .requires("401 with WWW-Authenticate")
            .run(scim ->
                scim.send(anonymous(scim, "/Users")).status(401).requireHeader("WWW-Authenticate"))
            .must("no-token-discloses-nothing")
            .clause(CLAUSE)
            .sends("GET of an existing and of an unknown user without Authorization")
            .requires("401 for both")
            .run(scim -> {
              String id = scim.createUser("a").id();
              scim.send(anonymous(scim, "/Users/" + id)).status(401);
              scim.send(anonymous(scim, "/Users/unknown")).status(401);
            })
            .must("no-token-no-write")
            .clause(CLAUSE)
            .sends("POST /Users and DELETE of a user without Authorization")
            .requires("401, the user still there, none created")
            .run(scim -> {
              String id = scim.createUser("a").id();
              Request create = scim.request("POST", "/Users", scim.user("b").toString());
              scim.send(create.withToken(Optional.empty())).status(401);
              scim.send(scim.request("DELETE", "/Users/" + id).withToken(Optional.empty()))
                  .status(401);
              scim.get("/Users/" + id).status(200);
            })
            .must("lower-case-scheme")
            .clause("The authentication scheme is case-insensitive (RFC 7235 §2.1)")
            .sends("GET /Users?count=1 with Authorization: bearer …")
            .requires("200")
            .run(scim ->
                scim.send(
                        anonymous(scim, "/Users?count=1")
                            .with("Authorization", "bearer " + scim.server().token()))
                    .status(200))
            .must("token-in-the-url-is-refused")
            .clause(
                "Bearer tokens ... SHOULD NOT be passed in page URLs (RFC 6750 §5.3); RFC 7644"
                    + " §7.5.2")
            .sends("GET /Users?access_token=… without Authorization")
            .requires("401")
            .run(scim ->
                scim.send(
                        anonymous(
                            scim, "/Users?access_token=" + Scim.encoded(scim.server().token())))
                    .status(401));
    Map<String, String> wrong = new java.util.LinkedHashMap<>();
    wrong.put("wrong-token", "Bearer not-a-token");
    wrong.put("basic", "Basic dXNlcjpwYXNz");
    wrong.put("empty-token", "Bearer ");
    wrong.put("huge-token", "Bearer " + "x".repeat(6_000));
    wrong.put("unsigned-jwt", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.");
    wrong.forEach((name, value) ->
        section
            .must(name)
            .clause(CLAUSE)
            .sends(
                "GET /Users with Authorization: "
                    + value.substring(0, Math.min(30, value.length())))
            .requires("401 as a SCIM error")
            .run(scim ->
                scim.send(anonymous(scim, "/Users").with("Authorization", value))
                    .status(401)
                    .contains("/schemas", Scim.ERROR)));
    return section;
  }

  private static Request anonymous(Scim scim, String target) {
    return scim.request("GET", target).withToken(Optional.empty());
  }
}
