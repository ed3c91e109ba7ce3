package com.phonemos.scim.conformance.okta;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import java.util.List;
import java.util.Optional;

/** Okta's SCIM 2.0 SPEC test, step by step. */
final class Spec {
  private static final String SOURCE = "Okta SCIM 2.0 SPEC test, step ";

  private Spec() {}

  static Section section() {
    return Section.of(Profile.OKTA, "okta/spec", "Okta SCIM 2.0 SPEC test", Feature.FILTER)
        .must("1-first-user")
        .clause(SOURCE + "1")
        .sends("GET /Users?count=1&startIndex=1")
        .requires("a list with numbers and one whole user")
        .run(scim -> {
          scim.createUser("a");
          Answer list =
              okta(scim, "/Users?count=1&startIndex=1").status(200).contains("/schemas", Scim.LIST);
          for (String number : List.of("/itemsPerPage", "/startIndex", "/totalResults")) {
            list.check(list.at(number).isInt(), number + " a number", list.at(number).toString());
          }
          list.present("/Resources/0/id").present("/Resources/0/userName");
        })
        .must("2-read-it")
        .clause(SOURCE + "2")
        .sends("GET /Users/{id}")
        .requires("id, name, userName, active and an address")
        .run(scim -> {
          String id = scim.createUser("a").id();
          okta(scim, "/Users/" + id)
              .status(200)
              .equal("/id", id)
              .present("/name/familyName")
              .present("/name/givenName")
              .present("/userName")
              .present("/active")
              .present("/emails/0/value");
        })
        .must("3-invalid-user")
        .clause(SOURCE + "3")
        .sends("GET /Users?filter=userName eq \"abcdefgh@atko.com\"")
        .requires("200, LIST, totalResults 0")
        .run(scim ->
            okta(
                    scim,
                    "/Users?filter="
                        + Scim.encoded("userName eq \"abcdefgh" + scim.tag() + "@atko.com\""))
                .status(200)
                .contains("/schemas", Scim.LIST)
                .equal("/totalResults", 0))
        .must("4-unknown-id")
        .clause(SOURCE + "4 and 12")
        .sends("GET /Users/010101001010101011001010101011 and /Users/00919288221112222")
        .requires("404, detail, \"status\": \"404\", ERROR")
        .run(scim -> {
          for (String id : List.of("010101001010101011001010101011", "00919288221112222")) {
            okta(scim, "/Users/" + id)
                .status(404)
                .present("/detail")
                .equal("/status", "404")
                .contains("/schemas", Scim.ERROR);
          }
        })
        .must("5-not-there-yet")
        .clause(SOURCE + "5")
        .sends("GET /Users?filter=userName eq \"{random address}\"")
        .requires("200, LIST, totalResults 0")
        .run(scim ->
            okta(scim, "/Users?filter=" + Scim.encoded("userName eq \"" + scim.name("n") + "\""))
                .status(200)
                .contains("/schemas", Scim.LIST)
                .equal("/totalResults", 0))
        .must("6-create")
        .clause(SOURCE + "6")
        .sends("POST /Users as application/json")
        .requires("201, active true, id, names, CORE")
        .run(scim ->
            create(scim)
                .status(201)
                .present("/id")
                .equal("/active", true)
                .equal("/name/givenName", "Ada")
                .equal("/name/familyName", scim.tag())
                .contains("/schemas", Scim.USER)
                .equal("/userName", scim.name("a")))
        .must("7-read-new")
        .clause(SOURCE + "7")
        .sends("GET /Users/{new id}")
        .requires("200, the names")
        .run(scim ->
            okta(scim, "/Users/" + create(scim).id())
                .status(200)
                .equal("/userName", scim.name("a"))
                .equal("/name/familyName", scim.tag()))
        .must("8-duplicate")
        .clause(SOURCE + "8")
        .sends("POST /Users with the same user")
        .requires("409")
        .run(scim -> {
          create(scim).status(201);
          create(scim).status(409);
        })
        .must("9-capitals")
        .clause(SOURCE + "9")
        .sends("GET /Users?filter=userName eq \"{CAPS}\"")
        .requires("200")
        .run(scim -> {
          create(scim).status(201);
          okta(
                  scim,
                  "/Users?filter="
                      + Scim.encoded(
                          "userName eq \""
                              + scim.name("a").toUpperCase(java.util.Locale.ROOT)
                              + "\""))
              .status(200)
              .equal("/totalResults", 1);
        })
        .must("10-groups")
        .clause(SOURCE + "10")
        .sends("GET /Groups")
        .requires("200, Resources an array")
        .needs(Feature.GROUPS)
        .run(scim -> {
          scim.createGroup("g");
          Answer groups = okta(scim, "/Groups").status(200);
          groups.check(groups.at("/Resources").isArray(), "Resources an array", groups.body());
        })
        .must("11-wrong-token")
        .clause(SOURCE + "11")
        .sends("GET /Users?filter=… with Authorization: non-token")
        .requires("401, detail, \"status\": \"401\", ERROR")
        .run(scim ->
            scim.send(
                    scim.request("GET", "/Users?filter=" + Scim.encoded("userName eq \"x\""))
                        .withToken(Optional.empty())
                        .with("Authorization", "non-token"))
                .status(401)
                .present("/detail")
                .equal("/status", "401")
                .contains("/schemas", Scim.ERROR));
  }

  private static Answer okta(Scim scim, String target) {
    return scim.send(
        scim.request("GET", target)
            .with("Accept-Charset", "utf-8")
            .with("Content-Type", "application/scim+json; charset=utf-8")
            .with("User-Agent", "OKTA SCIM Integration"));
  }

  private static Answer create(Scim scim) {
    return scim.send(
        scim.request("POST", "/Users", scim.user("a").toString())
            .with("Content-Type", "application/json")
            .with("Accept", "application/scim+json; charset=utf-8"));
  }
}
