package com.phonemos.scim.conformance.rfc7644;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** RFC 7644 §3.4.2.4: index-based pages. */
final class S3_4_2_4_Pagination {
  private S3_4_2_4_Pagination() {}

  static Section section() {
    return Section.rfc("rfc7644/3.4.2.4", "Pagination", Feature.FILTER)
        .must("count-limits")
        .clause(
            "count: specifies the desired maximum number of query results per page; the service"
                + " provider MUST NOT return more")
        .sends("a filter for three users with count=2")
        .requires("2 resources, itemsPerPage 2, totalResults 3")
        .run(scim -> {
          three(scim);
          page(scim, "&count=2")
              .size("/Resources", 2)
              .equal("/itemsPerPage", 2)
              .equal("/totalResults", 3);
        })
        .must("start-index-is-1-based")
        .clause("startIndex: the 1-based index of the first query result")
        .sends("startIndex=1 and startIndex=2 with count=1")
        .requires("different users, startIndex as asked")
        .run(scim -> {
          three(scim);
          Answer first = page(scim, "&startIndex=1&count=1").equal("/startIndex", 1);
          Answer second = page(scim, "&startIndex=2&count=1").equal("/startIndex", 2);
          second.check(
              !first.text("/Resources/0/id").equals(second.text("/Resources/0/id")),
              "another user on the second page",
              "the same one");
        })
        .must("pages-join-up")
        .clause(
            "Pagination parameters can be used together to page through large numbers of resources;"
                + " the order is stable")
        .sends("three pages of one")
        .requires("the three users, each once")
        .run(scim -> {
          Set<String> ids = three(scim);
          Set<String> seen = new HashSet<>();
          for (int start = 1; start <= 3; start++) {
            seen.add(page(scim, "&count=1&startIndex=" + start).text("/Resources/0/id"));
          }
          if (!seen.equals(ids)) {
            throw new Unmet("the three users, each on one page", seen.size() + " different");
          }
        })
        .must("items-per-page-is-what-came")
        .clause(
            "itemsPerPage: the number of resources returned in a list response page (peers:"
                + " ory/polis#4054)")
        .sends("the last page, count=2&startIndex=3")
        .requires("itemsPerPage 1")
        .run(scim -> {
          three(scim);
          page(scim, "&count=2&startIndex=3").size("/Resources", 1).equal("/itemsPerPage", 1);
        })
        .must("count-0")
        .clause(
            "A value of 0 indicates that no resource results are to be returned except for"
                + " totalResults")
        .sends("count=0")
        .requires("totalResults 3, no Resources")
        .run(scim -> {
          three(scim);
          page(scim, "&count=0").equal("/totalResults", 3).size("/Resources", 0);
        })
        .must("negative-count")
        .clause("A negative value SHALL be interpreted as 0")
        .sends("count=-1")
        .requires("totalResults 3, no Resources")
        .run(scim -> {
          three(scim);
          page(scim, "&count=-1").equal("/totalResults", 3).size("/Resources", 0);
        })
        .must("start-index-below-1")
        .clause("A value less than 1 SHALL be interpreted as 1 (peers: SimpleIdServer#185)")
        .sends("startIndex=0 and startIndex=-5")
        .requires("the first page")
        .run(scim -> {
          three(scim);
          page(scim, "&startIndex=0").size("/Resources", 3).equal("/startIndex", 1);
          page(scim, "&startIndex=-5").size("/Resources", 3).equal("/startIndex", 1);
        })
        .must("beyond-the-end")
        .clause("startIndex beyond the last result gives an empty page")
        .sends("startIndex=1000")
        .requires("totalResults 3, no Resources")
        .run(scim -> {
          three(scim);
          page(scim, "&startIndex=1000").equal("/totalResults", 3).size("/Resources", 0);
        })
        .should("numbers-only")
        .clause("startIndex and count are integers; 400 invalidValue otherwise")
        .sends("startIndex=abc, count=abc")
        .requires("400 each")
        .run(scim -> {
          scim.get("/Users?startIndex=abc").status(400);
          scim.get("/Users?count=abc").status(400);
        })
        .must("total-counts-all")
        .clause("totalResults: the total number of results returned by the list or query operation")
        .sends("GET /Users?count=0 before and after three creates")
        .requires("three more")
        .run(scim -> {
          int before = scim.get("/Users?count=0").status(200).at("/totalResults").asInt();
          three(scim);
          scim.get("/Users?count=0").equal("/totalResults", before + 3);
        })
        .must("page-size-is-capped")
        .clause(
            "filter.maxResults: the maximum number of resources returned in a response (RFC 7643"
                + " §5)")
        .sends("GET /Users?count=1000000")
        .requires("200 with maxResults resources at most")
        .run(scim -> {
          Answer list = scim.get("/Users?count=1000000").status(200);
          int most = scim.server().maxResults();
          list.check(
              list.at("/Resources").size() <= most,
              "at most " + most + " resources",
              list.at("/Resources").size() + " came");
        });
  }

  private static Set<String> three(Scim scim) {
    Set<String> ids = new HashSet<>();
    for (String suffix : List.of("a", "b", "c")) {
      ids.add(scim.createUser(suffix).id());
    }
    return ids;
  }

  private static Answer page(Scim scim, String rest) {
    return scim.get("/Users?filter=" + Scim.encoded("userName sw \"" + scim.tag() + "\"") + rest)
        .status(200);
  }
}
