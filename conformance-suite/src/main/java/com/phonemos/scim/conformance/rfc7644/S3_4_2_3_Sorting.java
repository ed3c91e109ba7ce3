package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import com.phonemos.scim.conformance.wire.Unmet;

/** RFC 7644 §3.4.2.3, §3.4.3 and §3.9: sorting, .search, chosen attributes. */
final class S3_4_2_3_Sorting {
  private S3_4_2_3_Sorting() {}

  static Section sorting() {
    return Section.rfc("rfc7644/3.4.2.3", "Sorting", Feature.SORT, Feature.FILTER)
        .must("ascending-by-default")
        .clause(
            "If a value for sortBy is provided and no sortOrder is specified, sortOrder SHALL"
                + " default to ascending")
        .sends("sortBy=userName")
        .requires("a, b, c")
        .run(scim -> order(scim, "&sortBy=userName", "a", "b", "c"))
        .must("descending")
        .clause("sortOrder: allowed values are ascending and descending")
        .sends("sortBy=userName&sortOrder=descending")
        .requires("c, b, a")
        .run(scim -> order(scim, "&sortBy=userName&sortOrder=descending", "c", "b", "a"))
        .must("by-a-sub-attribute")
        .clause("sortBy uses standard attribute notation (§3.10)")
        .sends("sortBy=name.familyName")
        .requires("c, b, a by their family names")
        .run(scim -> order(scim, "&sortBy=name.familyName", "c", "b", "a"))
        .must("ignores-case")
        .clause(
            "String type attributes are case insensitive by default, sorted so unless caseExact")
        .sends("sortBy=displayName with names alpha, Beta, gamma")
        .requires("a, b, c")
        .run(scim -> order(scim, "&sortBy=displayName", "a", "b", "c"))
        .must("absent-last-ascending")
        .clause(
            "Resources without a value for sortBy SHALL be sorted last when ascending, first when"
                + " descending")
        .sends("sortBy=title in both orders, b without a title")
        .requires("b last, then b first")
        .run(scim -> {
          order(scim, "&sortBy=title", "a", "c", "b");
          check(list(scim, "&sortBy=title&sortOrder=descending"), "b", "c", "a");
        })
        .must("pages-keep-the-order")
        .clause("Sorting and pagination combine")
        .sends("sortBy=userName&count=1 for startIndex 1 to 3")
        .requires("a, b, c")
        .run(scim -> {
          create(scim);
          StringBuilder order = new StringBuilder();
          for (int start = 1; start <= 3; start++) {
            order.append(names(list(scim, "&sortBy=userName&count=1&startIndex=" + start)));
          }
          if (!order.toString().equals("abc")) {
            throw new Unmet("a, b, c over three pages", order.toString());
          }
        })
        .should("unknown-order-is-refused")
        .clause("sortOrder: allowed values are ascending and descending")
        .sends("sortOrder=sideways")
        .requires("400")
        .run(scim -> scim.get("/Users?sortBy=userName&sortOrder=sideways").status(400))
        .must("sort-by-is-no-code")
        .clause("sortBy names an attribute")
        .sends("sortBy=userName;drop table users and sortBy=password")
        .requires("400, or 200 as if it were not there; never 5xx")
        .run(scim -> {
          scim.get("/Users?count=1&sortBy=" + Scim.encoded("userName;drop table users"))
              .status(400, 200);
          scim.get("/Users?count=1&sortBy=password").status(400, 200);
        });
  }

  static Section search() {
    return Section.rfc(
            "rfc7644/3.4.3", "Querying Resources Using HTTP POST", Feature.SEARCH, Feature.FILTER)
        .must("finds-as-get-does")
        .clause(
            "Clients MAY execute queries without passing parameters on the URL by using POST with"
                + " /.search")
        .sends("POST /Users/.search with a filter")
        .requires("200, a ListResponse with that user")
        .run(scim -> {
          String id = scim.createUser("a").id();
          search(
                  scim,
                  "/Users/.search",
                  "'filter': 'userName eq \\\"%s\\\"'".formatted(scim.name("a")))
              .status(200)
              .contains("/schemas", Scim.LIST)
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", id);
        })
        .must("pages")
        .clause("startIndex and count as in §3.4.2.4")
        .sends("POST /Users/.search with count 1")
        .requires("one resource of three")
        .run(scim -> {
          create(scim);
          search(
                  scim,
                  "/Users/.search",
                  "'filter': 'userName sw \\\"%s\\\"', 'count': 1, 'startIndex': 2"
                      .formatted(scim.tag()))
              .status(200)
              .equal("/totalResults", 3)
              .size("/Resources", 1)
              .equal("/startIndex", 2);
        })
        .must("attributes")
        .clause(
            "attributes: a multi-valued list of strings indicating the names of resource attributes"
                + " to return")
        .sends("POST /Users/.search with attributes [userName]")
        .requires("userName without emails")
        .run(scim -> {
          scim.createUser("a");
          search(
                  scim,
                  "/Users/.search",
                  "'attributes': ['userName'], 'filter': 'userName eq \\\"%s\\\"'"
                      .formatted(scim.name("a")))
              .status(200)
              .present("/Resources/0/userName")
              .absent("/Resources/0/emails");
        })
        .should("over-all-types")
        .clause("POST /.search queries all resource types")
        .sends("POST /.search with a filter")
        .requires("200 with the match, or 501 or 403 or 404 where it is not offered")
        .run(scim -> {
          String id = scim.createUser("a").id();
          Answer all =
              search(
                  scim, "/.search", "'filter': 'userName eq \\\"%s\\\"'".formatted(scim.name("a")));
          if (all.status() == 200) {
            all.contains("/schemas", Scim.LIST);
            all.check(all.each("/Resources", "id").contains(id), "the user", all.body());
          } else {
            all.status(501, 403, 404, 405);
          }
        })
        .must("refuses-a-bad-filter")
        .clause("invalidFilter (§3.12)")
        .sends("POST /Users/.search with filter \"userName eq\"")
        .requires("400 invalidFilter")
        .run(scim ->
            scim.preferScimType(
                search(scim, "/Users/.search", "'filter': 'userName eq'").status(400),
                "invalidFilter"));
  }

  static Section attributes() {
    return Section.rfc("rfc7644/3.9", "Additional Operation Response Parameters")
        .must("attributes")
        .clause("attributes: overrides the list of attributes that would be returned by default")
        .sends("GET /Users/{id}?attributes=userName")
        .requires("userName and what is always returned, nothing else")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?attributes=userName")
              .status(200)
              .equal("/id", id)
              .equal("/userName", scim.name("a"))
              .absent("/emails")
              .absent("/name")
              .absent("/displayName");
        })
        .must("attributes-of-a-sub-attribute")
        .clause("attribute notation of §3.10")
        .sends("GET /Users/{id}?attributes=name.familyName,emails")
        .requires("those, without name.givenName")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?attributes=name.familyName,emails")
              .status(200)
              .equal("/name/familyName", scim.tag())
              .absent("/name/givenName")
              .present("/emails/0/value")
              .absent("/userName");
        })
        .must("excluded-attributes")
        .clause("excludedAttributes: attributes to be removed from the default set")
        .sends("GET /Users/{id}?excludedAttributes=emails,name.givenName")
        .requires("the rest, with name.familyName")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?excludedAttributes=emails,name.givenName")
              .status(200)
              .absent("/emails")
              .absent("/name/givenName")
              .present("/name/familyName")
              .present("/userName");
        })
        .must("id-is-always-returned")
        .clause(
            "Attributes whose returned is always are not affected; id is returned always (RFC 7643"
                + " §3.1)")
        .sends("excludedAttributes=id and attributes=title")
        .requires("id in both")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.get("/Users/" + id + "?excludedAttributes=id").status(200).equal("/id", id);
          scim.get("/Users/" + id + "?attributes=title").status(200).equal("/id", id);
        })
        .must("names-ignore-case")
        .clause("Attribute names are case insensitive (RFC 7643 §2.1)")
        .sends("GET /Users/{id}?attributes=USERNAME")
        .requires("userName")
        .run(scim ->
            scim.get("/Users/" + scim.createUser("a").id() + "?attributes=USERNAME")
                .status(200)
                .equal("/userName", scim.name("a"))
                .absent("/emails"))
        .must("urn-notation")
        .clause("Attributes may be named with the URN of their schema (§3.10)")
        .sends("GET /Users/{id}?attributes=urn:…:User:userName")
        .requires("userName, no emails")
        .run(scim ->
            scim.get(
                    "/Users/"
                        + scim.createUser("a").id()
                        + "?attributes="
                        + Scim.USER
                        + ":userName")
                .status(200)
                .equal("/userName", scim.name("a"))
                .absent("/emails"))
        .must("in-lists")
        .clause("attributes and excludedAttributes apply to lists")
        .sends("GET /Users?filter=…&attributes=userName")
        .requires("userName without emails in each resource")
        .needs(Feature.FILTER)
        .run(scim -> {
          create(scim);
          list(scim, "&attributes=userName")
              .present("/Resources/0/userName")
              .present("/Resources/0/id")
              .absent("/Resources/0/emails");
        })
        .must("members-can-be-left-out")
        .clause(
            "excludedAttributes=members: what Entra ID sends with every group (peers:"
                + " databrickslabs/ucx#638)")
        .sends("GET /Groups/{id}?excludedAttributes=members")
        .requires("the group without members")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String g = scim.createGroup("g", scim.createUser("a").id()).id();
          scim.get("/Groups/" + g + "?excludedAttributes=members")
              .status(200)
              .present("/displayName")
              .absent("/members");
        })
        .may("both-parameters")
        .clause("attributes and excludedAttributes are mutually exclusive by nature")
        .sends("GET /Users/{id}?attributes=userName&excludedAttributes=emails")
        .requires("told: what the server answers")
        .run(scim ->
            scim.observe(
                "status "
                    + scim.get(
                            "/Users/"
                                + scim.createUser("a").id()
                                + "?attributes=userName&excludedAttributes=emails")
                        .status()));
  }

  private static void create(Scim scim) {
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

  private static void order(Scim scim, String query, String... suffixes) {
    create(scim);
    check(list(scim, query), suffixes);
  }

  private static void check(Answer list, String... suffixes) {
    String wanted = String.join("", suffixes);
    list.check(names(list).equals(wanted), "the order " + wanted, names(list));
  }

  private static Answer list(Scim scim, String rest) {
    return scim.get("/Users?filter=" + Scim.encoded("userName sw \"" + scim.tag() + "\"") + rest)
        .status(200);
  }

  private static String names(Answer list) {
    StringBuilder names = new StringBuilder();
    list.each("/Resources", "userName")
        .forEach(name -> names.append(name.replaceAll(".*(.)@.*", "$1")));
    return names.toString();
  }

  private static Answer search(Scim scim, String target, String members) {
    return scim.post(target, Json.of("{'schemas': ['" + Scim.SEARCH + "'], " + members + "}"));
  }
}
