package com.phonemos.scim.conformance.rfc9865;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** RFC 9865: cursor-based pagination. */
final class CursorPagination {
  private CursorPagination() {}

  static Section section() {
    return Section.rfc("rfc9865/2", "Cursor-based Pagination", Feature.CURSOR, Feature.FILTER)
        .must("first-page")
        .clause(
            "To begin, the client sends cursor with an empty value; the response has nextCursor if"
                + " there are more results (§2.1)")
        .sends("a filter for five users with cursor=&count=2")
        .requires("2 resources and a nextCursor")
        .run(scim -> {
          five(scim);
          page(scim, "", 2).size("/Resources", 2).present("/nextCursor");
        })
        .must("walks-all")
        .clause(
            "The client pages through the results by sending nextCursor until there is none (§2.1)")
        .sends("pages of two until there is no nextCursor")
        .requires("the five users, each once; no nextCursor on the last page")
        .run(scim -> {
          Set<String> ids = five(scim);
          List<String> seen = walk(scim, page(scim, "", 2), new ArrayList<>());
          if (seen.size() != 5 || !new HashSet<>(seen).equals(ids)) {
            throw new Unmet(
                "the five users, each once",
                seen.size() + " came, " + new HashSet<>(seen).size() + " different");
          }
        })
        .must("survives-deletion")
        .clause(
            "A cursor never skips or repeats a resource because others are deleted (§1: the aim of"
                + " cursors)")
        .sends("the first page, DELETE of its users, then the rest")
        .requires("the other three, each once")
        .run(scim -> {
          Set<String> ids = five(scim);
          Answer first = page(scim, "", 2);
          for (String id : first.each("/Resources", "id")) {
            scim.delete("/Users/" + id).status(204);
            ids.remove(id);
          }
          List<String> rest =
              walk(scim, page(scim, first.text("/nextCursor"), 2), new ArrayList<>());
          if (rest.size() != 3 || !new HashSet<>(rest).equals(ids)) {
            throw new Unmet("the other three, each once", rest.toString());
          }
        })
        .must("invalid-cursor")
        .clause("invalidCursor: cursor value is invalid, 400 (§2.1 table 1)")
        .sends("cursor=garbage")
        .requires("400 invalidCursor")
        .run(scim -> {
          Answer answer = scim.get("/Users?count=2&cursor=garbage").status(400);
          answer.equal("/scimType", "invalidCursor");
        })
        .must("cursor-is-unguessable")
        .clause("Cursors that were tampered with are invalid (§5: security considerations)")
        .sends("a nextCursor with a changed character")
        .requires("400")
        .run(scim -> {
          five(scim);
          String cursor = page(scim, "", 2).present("/nextCursor").text("/nextCursor");
          int middle = cursor.length() / 2;
          char other = cursor.charAt(middle) == 'A' ? 'B' : 'A';
          String changed = cursor.substring(0, middle) + other + cursor.substring(middle + 1);
          scim.get(query(scim, changed, 2)).status(400);
        })
        .must("cursor-of-another-tenant")
        .clause("A cursor is of the client that it was given to (§5)")
        .sends("a nextCursor with the token of another tenant")
        .requires("400, or a page without a resource of ours")
        .needs(Feature.SECOND_TENANT)
        .run(scim -> {
          Set<String> ids = five(scim);
          String cursor = page(scim, "", 2).present("/nextCursor").text("/nextCursor");
          Answer answer =
              scim.send(
                  scim.request("GET", query(scim, cursor, 2))
                      .withToken(scim.server().secondToken()));
          boolean leaks = answer.each("/Resources", "id").stream().anyMatch(ids::contains);
          answer.check(!leaks, "no resource of the first tenant", "it lists some");
        })
        .must("announced")
        .clause("pagination: cursor and index are REQUIRED booleans (§4)")
        .sends("GET /ServiceProviderConfig")
        .requires("both")
        .run(scim -> {
          Answer config = scim.get("/ServiceProviderConfig").status(200);
          config.present("/pagination/cursor").present("/pagination/index");
        });
  }

  private static Set<String> five(Scim scim) {
    Set<String> ids = new HashSet<>();
    IntStream.range(0, 5).forEach(i -> ids.add(scim.createUser("u" + i).id()));
    return ids;
  }

  private static List<String> walk(Scim scim, Answer page, List<String> seen) {
    Answer current = page;
    for (int pages = 0; pages < 20; pages++) {
      seen.addAll(current.each("/Resources", "id"));
      String next = current.text("/nextCursor");
      if (next.isEmpty()) {
        return seen;
      }
      current = page(scim, next, 2);
    }
    throw new Unmet("an end of the pages", "20 pages without one");
  }

  private static Answer page(Scim scim, String cursor, int count) {
    return scim.get(query(scim, cursor, count)).status(200);
  }

  private static String query(Scim scim, String cursor, int count) {
    return "/Users?filter="
        + Scim.encoded("userName sw \"" + scim.tag() + "\"")
        + "&count="
        + count
        + "&cursor="
        + Scim.encoded(cursor);
  }
}
