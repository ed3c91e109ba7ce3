package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.stream.IntStream;

/** RFC 7644 §3.7: bulk operations. */
final class S3_7_Bulk {
  private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  private static final String ANSWER = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

  private S3_7_Bulk() {}

  static Section section() {
    return Section.rfc("rfc7644/3.7", "Bulk Operations", Feature.BULK)
        .must("creates")
        .clause("The bulk response MUST include the result of all processed operations")
        .sends("POST /Bulk with two creates")
        .requires("200, BulkResponse, 201 with location and bulkId for each")
        .run(scim -> {
          Answer answer =
              bulk(scim, "", post(scim, "a", "qa"), post(scim, "b", "qb"))
                  .status(200)
                  .contains("/schemas", ANSWER)
                  .size("/Operations", 2);
          for (int i = 0; i < 2; i++) {
            status(answer, i, 201);
            answer.present("/Operations/" + i + "/location");
          }
          answer.equal("/Operations/0/bulkId", "qa").equal("/Operations/1/bulkId", "qb");
          clean(scim, answer);
        })
        .should("status-is-a-string")
        .clause(
            "status: the HTTP response status code for the requested operation, a string (§3.7,"
                + " §8.7 examples)")
        .sends("POST /Bulk with one create")
        .requires("\"status\": \"201\"")
        .run(scim -> {
          Answer answer = bulk(scim, "", post(scim, "a", "qa")).status(200);
          clean(scim, answer);
          answer.equal("/Operations/0/status", "201");
        })
        .must("bulk-id-reference")
        .clause("The service provider MUST try to resolve bulkId references (§3.7.2)")
        .sends("POST /Bulk with a user and a group that has bulkId:qa as member")
        .requires("the group with the user's id as member")
        .needs(Feature.GROUPS)
        .run(scim -> {
          Answer answer = bulk(scim, "", post(scim, "a", "qa"), groupOf(scim, "qa")).status(200);
          clean(scim, answer);
          status(answer, 0, 201);
          status(answer, 1, 201);
          scim.get("/Groups/" + last(answer, 1))
              .size("/members", 1)
              .contains("/members", last(answer, 0));
        })
        .must("bulk-id-reference-forward")
        .clause(
            "The order of operations must not matter for references that can be resolved (§3.7.1)")
        .sends("POST /Bulk with the group first and its member second")
        .requires("both created, the member in the group")
        .needs(Feature.GROUPS)
        .run(scim -> {
          Answer answer = bulk(scim, "", groupOf(scim, "qa"), post(scim, "a", "qa")).status(200);
          clean(scim, answer);
          status(answer, 0, 201);
          status(answer, 1, 201);
          scim.get("/Groups/" + last(answer, 0)).contains("/members", last(answer, 1));
        })
        .must("one-failure-does-not-stop-the-rest")
        .clause("Without failOnErrors the server continues to perform as many changes as possible")
        .sends("a create, the same again, another one")
        .requires("201, 409 with the error as response, 201")
        .run(scim -> {
          Answer answer =
              bulk(scim, "", post(scim, "a", "q1"), post(scim, "a", "q2"), post(scim, "b", "q3"))
                  .status(200);
          clean(scim, answer);
          status(answer, 0, 201);
          status(answer, 1, 409);
          answer.contains("/Operations/1/response/schemas", Scim.ERROR);
          status(answer, 2, 201);
        })
        .must("fail-on-errors")
        .clause(
            "failOnErrors: the number of errors the service provider will accept before the"
                + " operation is terminated")
        .sends("failOnErrors 1: a create, the same again, another one")
        .requires("the third not done")
        .run(scim -> {
          clean(scim, untilAnError(scim));
          scim.filter("/Users", "userName eq \"" + scim.name("b") + "\"").equal("/totalResults", 0);
        })
        .should("fail-on-errors-tells-what-was-done")
        .clause(
            "200, or an appropriate error code, and the operations that were processed (§3.7.3)")
        .sends("failOnErrors 1: a create, the same again, another one")
        .requires("200 with the first two operations")
        .run(scim -> {
          Answer answer = untilAnError(scim).status(200);
          clean(scim, answer);
          answer.size("/Operations", 2);
        })
        .must("all-methods")
        .clause("method: POST, PUT, PATCH or DELETE")
        .sends("PUT, PATCH and DELETE in one request")
        .requires("200, 200 or 204, 204, and their effects")
        .needs(Feature.PATCH)
        .run(scim -> {
          String a = scim.createUser("a").id();
          String b = scim.createUser("b").id();
          String c = scim.createUser("c").id();
          Answer answer =
              bulk(
                      scim,
                      "",
                      "{'method': 'PUT', 'path': '/Users/%s', 'data': %s}"
                          .formatted(a, scim.user("a").put("title", "Boss")),
                      "{'method': 'PATCH', 'path': '/Users/%s', 'data': {'schemas': ['%s'], 'Operations': [{'op': 'replace', 'path': 'title', 'value': 'Boss'}]}}"
                          .formatted(b, Scim.PATCH_OP),
                      "{'method': 'DELETE', 'path': '/Users/%s'}".formatted(c))
                  .status(200);
          status(answer, 0, 200);
          status(answer, 1, 200, 204);
          status(answer, 2, 204);
          scim.get("/Users/" + a).equal("/title", "Boss");
          scim.get("/Users/" + b).equal("/title", "Boss");
          scim.get("/Users/" + c).status(404);
        })
        .must("too-many-operations")
        .clause("413: the maximum number of operations (maxOperations) is exceeded (§3.7.4)")
        .sends("POST /Bulk with maxOperations + 1 deletes")
        .requires("413")
        .run(scim -> {
          int most = scim.server().config().at("/bulk/maxOperations").asInt();
          String[] deletes = new String[most + 1];
          java.util.Arrays.fill(deletes, "{'method': 'DELETE', 'path': '/Users/x'}");
          bulk(scim, "", deletes).status(413);
        })
        .must("unknown-bulk-id")
        .clause("A reference that cannot be resolved fails its operation (§3.7.2)")
        .sends("POST /Bulk with a group that has bulkId:nobody as member")
        .requires("a 4xx for that operation, no group")
        .needs(Feature.GROUPS)
        .run(scim -> {
          Answer answer = bulk(scim, "", groupOf(scim, "nobody"));
          if (answer.status() == 200) {
            clean(scim, answer);
            status(answer, 0, 400, 404, 409, 412);
          } else {
            answer.refused();
          }
        })
        .must("foreign-paths-are-refused")
        .clause("path: the resource's relative path to the SCIM service provider's root")
        .sends("DELETE of /Bulk, /../Users and https://other.example/Users/x")
        .requires("a 4xx for each, or for the request")
        .run(scim -> {
          Answer answer =
              bulk(
                  scim,
                  "",
                  "{'method': 'DELETE', 'path': '/Bulk'}",
                  "{'method': 'DELETE', 'path': '/../Users/x'}",
                  "{'method': 'DELETE', 'path': 'https://other.example/Users/x'}");
          if (answer.status() != 200) {
            answer.refused();
            return;
          }
          for (int i = 0; i < 3; i++) {
            status(answer, i, 400, 403, 404, 405);
          }
        });
  }

  private static String post(Scim scim, String suffix, String bulkId) {
    return "{'method': 'POST', 'path': '/Users', 'bulkId': '%s', 'data': %s}"
        .formatted(bulkId, scim.user(suffix));
  }

  private static String groupOf(Scim scim, String bulkId) {
    return "{'method': 'POST', 'path': '/Groups', 'bulkId': 'qg', 'data': %s}"
        .formatted(scim.group("g", "bulkId:" + bulkId));
  }

  private static Answer bulk(Scim scim, String members, String... operations) {
    String body =
        "{'schemas': ['"
            + BULK
            + "'], "
            + members
            + "'Operations': ["
            + String.join(",", operations)
            + "]}";
    return scim.post("/Bulk", Json.of(body));
  }

  private static void status(Answer answer, int index, int... allowed) {
    int status = answer.at("/Operations/" + index + "/status").asInt();
    if (IntStream.of(allowed).noneMatch(one -> one == status)) {
      throw new Unmet(
          "operation " + (index + 1) + " with status " + allowed[0],
          answer.at("/Operations/" + index).toString());
    }
  }

  private static String last(Answer answer, int index) {
    String location = answer.text("/Operations/" + index + "/location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static Answer untilAnError(Scim scim) {
    return bulk(
        scim,
        "'failOnErrors': 1, ",
        post(scim, "a", "q1"),
        post(scim, "a", "q2"),
        post(scim, "b", "q3"));
  }

  private static void clean(Scim scim, Answer answer) {
    for (JsonNode operation : answer.each("/Operations")) {
      String location = operation.path("location").asText();
      int at = Math.max(location.lastIndexOf("/Users/"), location.lastIndexOf("/Groups/"));
      if (at >= 0) {
        scim.deleteLater(location.substring(at));
      }
    }
  }
}
