package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Unmet;

/** RFC 7644 §3.4.2.3: sorting. */
final class S3_4_2_3_Sorting {
  private S3_4_2_3_Sorting() {}

  static Section section() {
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
          check(ThreeUsers.list(scim, "&sortBy=title&sortOrder=descending"), "b", "c", "a");
        })
        .must("pages-keep-the-order")
        .clause("Sorting and pagination combine")
        .sends("sortBy=userName&count=1 for startIndex 1 to 3")
        .requires("a, b, c")
        .run(scim -> {
          ThreeUsers.create(scim);
          StringBuilder order = new StringBuilder();
          for (int start = 1; start <= 3; start++) {
            order.append(
                names(ThreeUsers.list(scim, "&sortBy=userName&count=1&startIndex=" + start)));
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

  private static void order(Scim scim, String query, String... suffixes) {
    ThreeUsers.create(scim);
    check(ThreeUsers.list(scim, query), suffixes);
  }

  private static void check(Answer list, String... suffixes) {
    String wanted = String.join("", suffixes);
    list.check(names(list).equals(wanted), "the order " + wanted, names(list));
  }

  private static String names(Answer list) {
    StringBuilder names = new StringBuilder();
    list.each("/Resources", "userName")
        .forEach(name -> names.append(name.replaceAll(".*(.)@.*", "$1")));
    return names.toString();
  }
}
