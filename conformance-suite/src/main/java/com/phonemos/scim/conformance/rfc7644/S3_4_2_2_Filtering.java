package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** RFC 7644 §3.4.2.2: the filter grammar, as tables. */
final class S3_4_2_2_Filtering {
  /**
   * A filter and who of the three users it finds. The users: a is active, has title Engineer, a
   * work address and family name Anders; b is inactive, has title Manager, a home address and
   * family name Berg; c is active, has neither title nor family name Anders or Berg but Cole.
   *
   * @param filter with {@code TAG} for what makes the names unique, {@code CAPS} for it in capitals
   */
  private record Finds(String id, String filter, String users) {}

  private static final List<Finds> GRAMMAR =
      List.of(
          new Finds("eq", "userName eq \"TAGa@suite.example\"", "a"),
          new Finds("eq-ignores-case-of-values", "userName eq \"CAPSA@SUITE.example\"", "a"),
          new Finds("eq-ignores-case-of-names", "USERNAME eq \"TAGa@suite.example\"", "a"),
          new Finds("eq-ignores-case-of-operators", "userName EQ \"TAGa@suite.example\"", "a"),
          new Finds("ne", "externalId sw \"TAG\" and userName ne \"TAGa@suite.example\"", "bc"),
          new Finds("co", "userName co \"TAGb@suite\"", "b"),
          new Finds("sw", "userName sw \"TAG\"", "abc"),
          new Finds("ew", "externalId ew \"TAGb-e\"", "b"),
          new Finds("pr", "externalId sw \"TAG\" and title pr", "ab"),
          new Finds("gt", "externalId sw \"TAG\" and userName gt \"TAGa@suite.example\"", "bc"),
          new Finds("ge", "externalId sw \"TAG\" and userName ge \"TAGb@suite.example\"", "bc"),
          new Finds("lt", "externalId sw \"TAG\" and userName lt \"TAGb@suite.example\"", "a"),
          new Finds("le", "externalId sw \"TAG\" and userName le \"TAGb@suite.example\"", "ab"),
          new Finds("and", "externalId sw \"TAG\" and title eq \"Engineer\"", "a"),
          new Finds(
              "or",
              "userName eq \"TAGa@suite.example\" or userName eq \"TAGc@suite.example\"",
              "ac"),
          new Finds("not", "externalId sw \"TAG\" and not (title eq \"Engineer\")", "bc"),
          new Finds(
              "and-binds-tighter-than-or",
              "userName eq \"TAGa@suite.example\" or userName eq \"TAGb@suite.example\" and title"
                  + " eq \"Manager\"",
              "ab"),
          new Finds(
              "parentheses",
              "(userName eq \"TAGa@suite.example\" or userName eq \"TAGb@suite.example\") and title"
                  + " eq \"Manager\"",
              "b"),
          new Finds(
              "nested-parentheses", "externalId sw \"TAG\" and ((((title eq \"Manager\"))))", "b"),
          new Finds("boolean-true", "externalId sw \"TAG\" and active eq true", "ac"),
          new Finds("boolean-false", "externalId sw \"TAG\" and active eq false", "b"),
          new Finds("sub-attribute", "externalId sw \"TAG\" and name.familyName eq \"Berg\"", "b"),
          new Finds(
              "sub-attribute-co", "externalId sw \"TAG\" and name.familyName co \"nder\"", "a"),
          new Finds("multi-valued-value", "emails.value eq \"TAGb@suite.example\"", "b"),
          new Finds("multi-valued-default", "emails eq \"TAGb@suite.example\"", "b"),
          new Finds("multi-valued-type", "externalId sw \"TAG\" and emails.type eq \"home\"", "b"),
          new Finds(
              "value-path", "emails[type eq \"work\" and value eq \"TAGa@suite.example\"]", "a"),
          new Finds(
              "value-path-same-element",
              "emails[type eq \"home\" and value eq \"TAGa@suite.example\"]",
              ""),
          new Finds("value-path-and", "externalId sw \"TAG\" and emails[type eq \"home\"]", "b"),
          new Finds("external-id", "externalId eq \"TAGa-e\"", "a"),
          new Finds("full-urn", Scim.USER + ":userName eq \"TAGa@suite.example\"", "a"),
          new Finds(
              "date-gt",
              "externalId sw \"TAG\" and meta.created gt \"2001-01-01T00:00:00Z\"",
              "abc"),
          new Finds(
              "date-lt",
              "externalId sw \"TAG\" and meta.lastModified lt \"2001-01-01T00:00:00Z\"",
              ""),
          new Finds(
              "quote-in-value", "userName eq \"TAGa\\\" or userName pr or userName eq \\\"\"", ""),
          new Finds("sql-in-value", "userName eq \"TAGa' OR '1'='1\"", ""),
          new Finds("percent-is-literal", "userName co \"TAG%suite\"", ""),
          new Finds("underscore-is-literal", "userName co \"TAG_@suite\"", ""),
          new Finds("unicode-escape", "userName eq \"\\u0054AGa@suite.example\"", ""),
          new Finds("absent-is-not-equal", "externalId sw \"TAG\" and nickName eq \"x\"", ""),
          new Finds("eq-null", "externalId sw \"TAG\" and title eq null", "c"));

  /** What is no filter. */
  private static final Map<String, String> BROKEN =
      new java.util.TreeMap<>(
          Map.ofEntries(
              Map.entry("no-value", "userName eq"),
              Map.entry("no-operator", "userName"),
              Map.entry("no-attribute", "eq \"a\""),
              Map.entry("dangling-and", "userName eq \"a\" and"),
              Map.entry("open-quote", "userName eq \"a"),
              Map.entry("open-parenthesis", "(userName eq \"a\""),
              Map.entry("closed-parenthesis", "userName eq \"a\")"),
              Map.entry("open-bracket", "emails[type eq \"work\""),
              Map.entry("unknown-operator", "userName xx \"a\""),
              Map.entry("single-quotes", "userName eq 'a'"),
              Map.entry("two-expressions", "userName eq \"a\" userName eq \"b\""),
              Map.entry("order-of-booleans", "active gt true"),
              Map.entry("nested-value-path", "emails[type[value eq \"a\"]]"),
              Map.entry("empty-parentheses", "()"),
              Map.entry("code", "x = 1; pg_sleep(10)")));

  private S3_4_2_2_Filtering() {}

  static Section section() {
    Section section = Section.rfc("rfc7644/3.4.2.2", "Filtering", Feature.FILTER);
    for (Finds each : GRAMMAR) {
      section
          .must(each.id)
          .clause("Filter operators, grouping and attribute notation of §3.4.2.2")
          .sends("GET /Users?filter=" + each.filter)
          .requires(
              each.users.isEmpty()
                  ? "no match"
                  : "exactly " + String.join(", ", each.users.split("")) + " of users a, b, c")
          .run(scim -> finds(scim, each));
    }
    BROKEN.forEach((name, filter) ->
        section
            .must("refuses-" + name)
            .clause(
                "invalidFilter: the specified filter syntax was invalid or the attribute and"
                    + " comparison combination is not supported (§3.12)")
            .sends("GET /Users?filter=" + filter)
            .requires("400 invalidFilter")
            .run(scim ->
                scim.preferScimType(scim.filter("/Users", filter).status(400), "invalidFilter")));
    return section
        .must("password-is-no-oracle")
        .clause("Passwords are never compared by a filter (§7.8; RFC 7643 §7 returned never)")
        .sends("GET /Users?filter=password sw \"S\"")
        .requires("4xx, or no match")
        .run(scim -> {
          scim.post("/Users", scim.user("a").put("password", "S3cret-" + scim.tag()));
          Answer answer = scim.filter("/Users", "password sw \"S\"");
          if (answer.status() == 200) {
            answer.equal("/totalResults", 0);
          } else {
            answer.refused();
          }
        })
        .must("filters-groups-by-name")
        .clause(
            "Filters apply to every resource type (peers: Metatavu#46, a list that ignores its"
                + " filter)")
        .sends("GET /Groups?filter=displayName eq …")
        .requires("that group only")
        .needs(Feature.GROUPS)
        .run(scim -> {
          scim.createGroup("g");
          String h = scim.createGroup("h").id();
          scim.filter("/Groups", "displayName eq \"" + scim.tag() + "h\"")
              .status(200)
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", h);
        })
        .must("filters-groups-by-member")
        .clause("members.value is an attribute of Group like any other")
        .sends("GET /Groups?filter=members.value eq …")
        .requires("the groups of that member")
        .needs(Feature.GROUPS)
        .run(scim -> {
          String a = scim.createUser("a").id();
          String g = scim.createGroup("g", a).id();
          scim.createGroup("h");
          scim.filter("/Groups", "members.value eq \"" + a + "\"")
              .status(200)
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", g);
        })
        .must("enterprise-attributes")
        .clause("Extension attributes are named with their URN (§3.10)")
        .sends("GET /Users?filter=URN:department eq …")
        .requires("that user only")
        .needs(Feature.ENTERPRISE)
        .run(scim -> {
          ObjectNode user = scim.user("a");
          user.withArray("schemas").add(Scim.ENTERPRISE);
          user.putObject(Scim.ENTERPRISE).put("department", scim.tag());
          String id = scim.post("/Users", user).status(201).id();
          scim.filter("/Users", Scim.ENTERPRISE + ":department eq \"" + scim.tag() + "\"")
              .status(200)
              .equal("/totalResults", 1)
              .equal("/Resources/0/id", id);
        })
        .must("plus-and-percent-20-are-spaces")
        .clause("The filter is a URL query parameter (application/x-www-form-urlencoded)")
        .sends("one filter with + and with %20 for spaces")
        .requires("the same match")
        .run(scim -> {
          scim.createUser("a");
          String value = Scim.encoded("\"" + scim.name("a") + "\"");
          scim.get("/Users?filter=userName+eq+" + value).status(200).equal("/totalResults", 1);
          scim.get("/Users?filter=userName%20eq%20" + value).status(200).equal("/totalResults", 1);
        })
        .should("unknown-attribute")
        .clause(
            "The attribute and comparison combination is not supported: invalidFilter (§3.12 table"
                + " 9)")
        .sends("GET /Users?filter=nope eq \"a\"")
        .requires("400 invalidFilter, or no match")
        .run(scim -> {
          Answer answer = scim.filter("/Users", "nope eq \"a\"").status(400, 200);
          if (answer.status() == 200) {
            answer.equal("/totalResults", 0);
          }
        })
        .must("deep-nesting-is-survived")
        .clause("400 invalidFilter, or an answer; never 5xx (§7.7: limits)")
        .sends("a filter in 500 parentheses")
        .requires("400 or 200, 414 or 431")
        .run(scim ->
            scim.filter("/Users", "(".repeat(500) + "userName pr" + ")".repeat(500))
                .status(400, 200, 414, 431));
  }

  private static void finds(Scim scim, Finds each) {
    String[][] people = {
      {"a", "Engineer", "work", "Anders", "true"},
      {"b", "Manager", "home", "Berg", "false"},
      {"c", "", "work", "Cole", "true"}
    };
    Map<String, String> ids = new java.util.HashMap<>();
    for (String[] person : people) {
      ObjectNode user = scim.user(person[0]);
      user.put("externalId", scim.tag() + person[0] + "-e");
      user.put("active", Boolean.parseBoolean(person[4]));
      user.withObject("name").put("familyName", person[3]);
      ((ObjectNode) user.at("/emails/0")).put("type", person[2]);
      if (!person[1].isEmpty()) {
        user.put("title", person[1]);
      }
      ids.put(scim.post("/Users", user).status(201).id(), person[0]);
    }
    Answer list =
        scim.filter(
                "/Users",
                each.filter
                    .replace("TAG", scim.tag())
                    .replace("CAPS", scim.tag().toUpperCase(java.util.Locale.ROOT)))
            .status(200);
    Set<String> found = new java.util.TreeSet<>();
    for (String id : list.each("/Resources", "id")) {
      found.add(ids.getOrDefault(id, "a stranger"));
    }
    String users = String.join("", found);
    list.check(
        users.equals(each.users),
        each.users.isEmpty() ? "no match" : "exactly " + each.users,
        "it finds " + (users.isEmpty() ? "nobody" : users));
  }
}
