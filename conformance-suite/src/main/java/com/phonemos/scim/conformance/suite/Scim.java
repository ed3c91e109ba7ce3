package com.phonemos.scim.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Exchange;
import com.phonemos.scim.conformance.wire.Header;
import com.phonemos.scim.conformance.wire.Json;
import com.phonemos.scim.conformance.wire.Request;
import com.phonemos.scim.conformance.wire.Unmet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The server as one case sees it. Names are unique to the case, so that cases neither meet each
 * other nor what the tenant holds already, and what a case creates is deleted when it ends.
 */
public final class Scim {
  public static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  public static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  public static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  public static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  public static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
  public static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  public static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

  private final Server server;
  private final String tag;
  private final long origin = System.nanoTime();
  private final List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());
  private final List<Request> cleanup = Collections.synchronizedList(new ArrayList<>());
  private final List<Unmet> remarks = new ArrayList<>();
  private final List<String> observations = new ArrayList<>();

  /**
   * A view for one case.
   *
   * @param tag what makes its names unique
   */
  public Scim(Server server, String tag) {
    this.server = server;
    this.tag = tag;
  }

  /** The server, for what it says of itself. */
  public Server server() {
    return server;
  }

  /** A prefix that only this case's names have. */
  public String tag() {
    return tag;
  }

  /** A user name that only this case has. */
  public String name(String suffix) {
    return tag + suffix + "@suite.example";
  }

  /** A user with the attributes that every directory sends. */
  public ObjectNode user(String suffix) {
    return Json.of(
        """
        {'schemas': ['%s'], 'userName': '%s', 'displayName': 'Ada %s', 'active': true,
         'name': {'givenName': 'Ada', 'familyName': '%s'},
         'emails': [{'value': '%s', 'type': 'work', 'primary': true}]}\
        """
            .formatted(USER, name(suffix), suffix, tag, name(suffix)));
  }

  /** A group with members. */
  public ObjectNode group(String suffix, String... members) {
    ObjectNode group =
        Json.of("{'schemas': ['%s'], 'displayName': '%s%s'}".formatted(GROUP, tag, suffix));
    if (members.length > 0) {
      group.set("members", members(members));
    }
    return group;
  }

  /** A list of members by id. */
  public static JsonNode members(String... ids) {
    return Json.tree(List.of(ids).stream().map(id -> Map.of("value", id)).toList());
  }

  /** Creates a user that the case starts from. */
  public Answer createUser(String suffix) {
    return given(() -> post("/Users", user(suffix)).status(201));
  }

  /** Creates a group that the case starts from. */
  public Answer createGroup(String suffix, String... members) {
    return given(() -> post("/Groups", group(suffix, members)).status(201));
  }

  /** A request with the tenant's token. */
  public Request request(String method, String target) {
    return new Request(
        method,
        target,
        List.of(new Header("Accept", Request.SCIM_JSON)),
        Optional.of(server.token()),
        Optional.empty());
  }

  /** A request with a SCIM body. */
  public Request request(String method, String target, String body) {
    return request(method, target).with("Content-Type", Request.SCIM_JSON).withBody(body);
  }

  public Answer get(String target) {
    return send(request("GET", target));
  }

  public Answer post(String target, JsonNode body) {
    return send(request("POST", target, body.toString()));
  }

  public Answer put(String target, JsonNode body) {
    return send(request("PUT", target, body.toString()));
  }

  public Answer delete(String target) {
    return send(request("DELETE", target));
  }

  /** A PATCH of operations, each written with single quotes. */
  public Answer patch(String target, String... operations) {
    return send(patchRequest(target, operations));
  }

  /** The request of {@link #patch}. */
  public Request patchRequest(String target, String... operations) {
    String body =
        "{'schemas': ['" + PATCH_OP + "'], 'Operations': [" + String.join(",", operations) + "]}";
    return request("PATCH", target, Json.of(body).toString());
  }

  /** A filtered list. */
  public Answer filter(String endpoint, String filter) {
    return get(endpoint + "?filter=" + encoded(filter));
  }

  /** Percent-encoded for a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Sends a request; what it creates is deleted when the case ends. */
  public Answer send(Request request) {
    return noted(request, server.client().send(request, origin, exchanges::add));
  }

  /** Sends all at once and waits for all answers, in the order of the requests. */
  public List<Answer> together(List<Request> requests) {
    List<CompletableFuture<Answer>> pending =
        requests.stream()
            .map(request ->
                server
                    .client()
                    .sendAsync(request, origin, exchanges::add)
                    .thenApply(answer -> noted(request, answer)))
            .toList();
    List<Answer> answers = new ArrayList<>();
    for (CompletableFuture<Answer> each : pending) {
      answers.add(each.handle((answer, failure) -> answer == null ? noAnswer() : answer).join());
    }
    return answers;
  }

  /** Has a resource deleted when the case ends. */
  public void deleteLater(String target) {
    cleanup.add(request("DELETE", target));
  }

  /** Marks a requirement of a lower level: not met, the case is non-strict and goes on. */
  public void prefer(boolean holds, String expected, String actual) {
    if (!holds) {
      remarks.add(new Unmet(expected, actual));
    }
  }

  /** The error keyword of RFC 7644 table 9, which is optional, so its absence is non-strict. */
  public Answer preferScimType(Answer answer, String... allowed) {
    String found = answer.text("/scimType");
    prefer(
        List.of(allowed).contains(found),
        "scimType " + String.join(" or ", allowed),
        found.isEmpty() ? "there is none" : "it is " + found);
    return answer;
  }

  /** Tells what a server does where it is free. */
  public void observe(String observation) {
    observations.add(observation);
  }

  /** Every resource of an endpoint that a condition holds for, by index paging. */
  public List<JsonNode> walk(String endpoint, int page, Predicate<JsonNode> wanted) {
    List<JsonNode> found = new ArrayList<>();
    int start = 1;
    while (start < 100_000) {
      Answer answer = get(endpoint + "?startIndex=" + start + "&count=" + page).status(200);
      List<JsonNode> resources = answer.each("/Resources");
      resources.stream().filter(wanted).forEach(found::add);
      start += resources.size();
      if (resources.isEmpty() || start > answer.at("/totalResults").asInt()) {
        return found;
      }
    }
    return found;
  }

  List<Exchange> exchanges() {
    synchronized (exchanges) {
      return List.copyOf(exchanges);
    }
  }

  List<Unmet> remarks() {
    return remarks;
  }

  String observations() {
    return observations.stream().collect(Collectors.joining("; "));
  }

  /** Leaves the tenant as it was, as far as the server lets it. */
  void cleanUp() {
    synchronized (cleanup) {
      for (int last = cleanup.size() - 1; last >= 0; last--) {
        try {
          server.client().send(cleanup.get(last), origin, exchange -> {});
        } catch (Unmet gone) {
          // The verdict is told already; a server that went away has nothing left to clean.
          return;
        }
      }
    }
  }

  private Answer noted(Request request, Answer answer) {
    String id = answer.text("/id");
    String collection = request.target().replaceAll("\\?.*", "");
    if (request.method().equals("POST") && answer.status() == 201 && !id.isEmpty()) {
      cleanup.add(request("DELETE", collection + "/" + id).withToken(request.token()));
    }
    return answer;
  }

  private static Answer noAnswer() {
    return Answer.of(0, List.of(), "");
  }

  private static Answer given(java.util.function.Supplier<Answer> step) {
    try {
      return step.get();
    } catch (Unmet unmet) {
      throw new Unmet("as set-up, " + unmet.expected(), unmet.actual());
    }
  }
}
