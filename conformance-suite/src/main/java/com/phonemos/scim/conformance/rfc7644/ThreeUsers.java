package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.wire.Answer;

/** Users a, b and c whose names, family names, display names and titles sort differently. */
final class ThreeUsers {
  private ThreeUsers() {}

  static void create(Scim scim) {
    String[][] people = {
      {"a", "zeta", "alpha", "Analyst"}, {"b", "mu", "Beta", ""}, {"c", "beta", "gamma", "Coder"}
    };
    for (String[] person : people) {
      ObjectNode user = scim.user(person[0]).put("displayName", person[2]);
      user.withObject("name").put("familyName", person[1]);
      if (!person[3].isEmpty()) {
        user.put("title", person[3]);
      }
      scim.post("/Users", user).status(201);
    }
  }

  /** Those of the case, with more query parameters. */
  static Answer list(Scim scim, String rest) {
    return scim.get("/Users?filter=" + Scim.encoded("userName sw \"" + scim.tag() + "\"") + rest)
        .status(200);
  }
}
