package com.phonemos.scim.engine.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The requests of a workload, one after the other, as the bytes that go over the wire. */
interface HttpRequests {
  /** For the base path, see the README. */
  String BASE = "/scim/v2";

  /** Draws are the same in every run. */
  long SEED = 20_260_101;

  /** So that no two clients, and no two turns in a row, take the same user. */
  int USERS_PER_CLIENT = 100;

  /** RFC 7644 §3.5.2.1. */
  String ADD =
      """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add",\
      "path":"members","value":[{"value":"%s"}]}]}\
      """
          .formatted(SampleUser.ID);

  /** RFC 7644 §3.5.2.2. */
  String REMOVE =
      """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove",\
      "path":"members[value eq \\"%s\\"]"}]}\
      """
          .formatted(SampleUser.ID);

  /**
   * A request; whatever is answered but success fails the step.
   *
   * @param counts whether it is measured
   */
  record Request(byte[] bytes, boolean counts) {}

  /**
   * The next one.
   *
   * @param client whose turn it is, from 0
   * @param turn how many it has had before
   * @param location of what its last request has created, in lower case; empty if there is none
   */
  Request next(int client, long turn, String location);

  static HttpRequests of(Workload.Http workload) {
    return switch (workload) {
      case Workload.CreateUsers create -> creates(create);
      case Workload.Get get -> reads(get);
      case Workload.Walk walk -> walk(walk);
      case Workload.AddMember member -> members(member);
      case Workload.Explain explain -> explain(explain);
      case Workload.KeycloakUsers users -> keycloakUsers(users);
    };
  }

  private static HttpRequests creates(Workload.CreateUsers workload) {
    List<Template> templates =
        workload.tokens().stream()
            .map(token -> scim(workload, "POST", "/Users", token, SampleUser.BODY))
            .toList();
    return new HttpRequests() {
      private long serial = workload.first();

      @Override
      public Request next(int client, long turn, String location) {
        Template template = templates.get((int) (serial % templates.size()));
        return new Request(template.bytes(serial++), true);
      }
    };
  }

  private static HttpRequests reads(Workload.Get workload) {
    Template template = scim(workload, "GET", workload.path(), workload.token(), "");
    RandomGenerator random = new SplittableRandom(SEED);
    return (client, turn, location) ->
        new Request(template.bytes(random.nextInt(workload.users())), true);
  }

  private static HttpRequests explain(Workload.Explain workload) {
    Template template =
        template(
            workload.port(),
            "POST",
            "/_api/admin/v1/tenants/" + workload.tenant() + "/explain",
            workload.token(),
            "application/json",
            "{\"user\": \"%s\", \"group\": \"%s\"}"
                .formatted(SampleUser.USER_NAME, workload.group()));
    RandomGenerator random = new SplittableRandom(SEED);
    return (client, turn, location) ->
        new Request(template.bytes(random.nextInt(workload.users())), true);
  }

  private static HttpRequests walk(Workload.Walk workload) {
    Template template = scim(workload, "GET", workload.path(), workload.token(), "");
    return (client, turn, location) -> {
      long page = workload.firstPage() + turn % workload.pages();
      return new Request(template.bytes(page * workload.pageSize() + 1), true);
    };
  }

  private static HttpRequests members(Workload.AddMember workload) {
    String path = "/Groups/" + workload.group();
    Template add = scim(workload, "PATCH", path, workload.token(), ADD);
    Template remove = scim(workload, "PATCH", path, workload.token(), REMOVE);
    return (client, turn, location) -> {
      long user = workload.firstUser() + USERS_PER_CLIENT * client + turn / 2 % USERS_PER_CLIENT;
      boolean adding = turn % 2 == 0;
      return new Request((adding ? add : remove).bytes(user), adding);
    };
  }

  private static HttpRequests keycloakUsers(Workload.KeycloakUsers workload) {
    String users = "/admin/realms/" + workload.realm() + "/users";
    Template create =
        template(
            workload.port(),
            "POST",
            users,
            workload.token(),
            "application/json",
            SampleUser.IN_KEYCLOAK);
    return new HttpRequests() {
      private long serial = workload.first();

      @Override
      public Request next(int client, long turn, String location) {
        if (turn % 2 == 0) {
          return new Request(create.bytes(serial++), false);
        }
        String user = location.substring(location.lastIndexOf('/'));
        String path = users + user + "/groups/" + workload.group();
        Template join =
            template(workload.port(), "PUT", path, workload.token(), "application/json", "{}");
        return new Request(join.bytes(0), true);
      }
    };
  }

  private static Template scim(
      Workload.Http workload, String method, String path, String token, String body) {
    return template(workload.port(), method, BASE + path, token, "application/scim+json", body);
  }

  private static Template template(
      int port, String method, String path, String token, String mediaType, String body) {
    String length =
        body.isEmpty()
            ? ""
            : "Content-Type: "
                + mediaType
                + "\r\nContent-Length: "
                + body.replace(SampleUser.SERIAL, SampleUser.digits(0))
                    .getBytes(StandardCharsets.UTF_8)
                    .length
                + "\r\n";
    return new Template(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nAccept: application/scim+json, application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n"
            + length
            + "\r\n"
            + body);
  }
}
