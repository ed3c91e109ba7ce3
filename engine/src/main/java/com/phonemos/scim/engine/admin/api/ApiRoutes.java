package com.phonemos.scim.engine.admin.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.Administration;
import com.phonemos.scim.engine.admin.Refusal;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of what operators can ask over HTTP: each row has its twin in the OpenAPI document. */
final class ApiRoutes {
  private static final int ERRORS = 400;

  private final Administration administration;
  private final Clock clock;

  /** Answers a request; what it throws or fails with is a {@link Refusal}, or an outage. */
  @FunctionalInterface
  interface Operation {
    Future<Answer> of(ApiRequest request);
  }

  /**
   * One row.
   *
   * @param path as OpenAPI writes it: {@code /tenants/{tenant}}
   */
  record Route(HttpMethod method, String path, Operation operation) {}

  ApiRoutes(Administration administration, Clock clock) {
    this.administration = administration;
    this.clock = clock;
  }

  List<Route> all() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(tenants());
    routes.addAll(new TokenRoutes(administration.tokens(), clock).all());
    routes.addAll(push());
    routes.addAll(inquiries());
    routes.addAll(RecordingRoutes.of(administration.recordings()));
    routes.addAll(OAuthRoutes.of(administration.oauth()));
    return List.copyOf(routes);
  }

  private List<Route> tenants() {
    var tenants = administration.tenants();
    return List.of(
        new Route(
            GET,
            "/tenants",
            request -> tenants.all().map(all -> Answer.ok(AdminJson.list(all, AdminJson::tenant)))),
        new Route(POST, "/tenants", this::create),
        new Route(GET, "/tenants/{tenant}", request -> shown(tenants.find(request.tenant()))),
        new Route(
            DELETE,
            "/tenants/{tenant}",
            request -> tenants.delete(request.tenant()).map(new Answer.Done())),
        new Route(
            GET,
            "/tenants/{tenant}/export",
            request ->
                tenants
                    .find(request.tenant())
                    .map(found ->
                        new Answer.Streamed(
                            "application/x-ndjson", to -> tenants.export(found.id(), to)))),
        new Route(POST, "/tenants/{tenant}/hold", request -> shown(tenants.hold(request.tenant()))),
        new Route(
            POST, "/tenants/{tenant}/release", request -> shown(tenants.release(request.tenant()))),
        new Route(
            POST, "/tenants/{tenant}/disable", request -> shown(tenants.disable(request.tenant()))),
        new Route(
            POST, "/tenants/{tenant}/enable", request -> shown(tenants.enable(request.tenant()))),
        new Route(
            PUT,
            "/tenants/{tenant}/keycloak",
            request ->
                shown(
                    tenants.setTarget(
                        request.tenant(),
                        target(request.body("url", "realm", "clientId", "clientSecret"))))),
        new Route(
            POST,
            "/tenants/{tenant}/keycloak/test",
            request ->
                tenants
                    .testTarget(request.tenant())
                    .map(steps -> Answer.ok(AdminJson.steps(steps)))),
        new Route(
            GET,
            "/tenants/{tenant}/policy",
            request ->
                tenants
                    .policy(request.tenant())
                    .map(policy -> Answer.ok(AdminJson.policy(policy)))),
        new Route(PATCH, "/tenants/{tenant}/policy", this::decide),
        new Route(
            POST,
            "/tenants/{tenant}/users/{user}/anonymise",
            request ->
                tenants.anonymise(request.tenant(), request.id("user")).map(new Answer.Done())));
  }

  private Future<Answer> create(ApiRequest request) {
    ApiRequest.Body body = request.body("slug", "staged", "keycloak");
    Optional<KeycloakTarget> target =
        body.object("keycloak", "url", "realm", "clientId", "clientSecret").map(ApiRoutes::target);
    return administration
        .tenants()
        .create(body.text("slug"), body.flag("staged"), target)
        .map(tenant -> Answer.created(AdminJson.tenant(tenant)));
  }

  private static KeycloakTarget target(ApiRequest.Body body) {
    return new KeycloakTarget(
        body.text("url"), body.text("realm"), body.text("clientId"), body.text("clientSecret"));
  }

  private Future<Answer> decide(ApiRequest request) {
    List<String> decisions = new ArrayList<>();
    request
        .anyBody()
        .properties()
        .forEach(
            decision -> decisions.add(decision.getKey() + "=" + decision.getValue().asText("")));
    return administration
        .tenants()
        .decide(request.tenant(), decisions)
        .map(policy -> Answer.ok(AdminJson.policy(policy)));
  }

  private List<Route> push() {
    var push = administration.push();
    return List.of(
        new Route(
            GET,
            "/tenants/{tenant}/due",
            request ->
                push.due(request.tenant(), request.limit())
                    .map(due -> Answer.ok(AdminJson.list(due, AdminJson::due)))),
        new Route(
            POST,
            "/tenants/{tenant}/due/retry",
            request -> push.retry(request.tenant()).map(ApiRoutes::count)),
        new Route(
            POST,
            "/tenants/{tenant}/users/{user}/reject",
            request -> push.reject(request.tenant(), request.id("user")).map(ApiRoutes::count)),
        new Route(
            PUT,
            "/tenants/{tenant}/users/{user}/account/{account}",
            request ->
                push.link(request.tenant(), request.id("user"), request.id("account"))
                    .map(new Answer.Done())),
        new Route(
            GET,
            "/tenants/{tenant}/guard",
            request ->
                push.held(request.tenant(), request.limit())
                    .map(held -> Answer.ok(AdminJson.list(held, AdminJson::held)))),
        new Route(
            POST,
            "/tenants/{tenant}/guard/release",
            request ->
                push.releaseHeld(request.tenant(), request.body("user").id("user"))
                    .map(ApiRoutes::count)),
        new Route(
            POST,
            "/tenants/{tenant}/guard/reject",
            request ->
                push.rejectHeld(request.tenant(), request.body("user").id("user"))
                    .map(ApiRoutes::count)));
  }

  private List<Route> inquiries() {
    var inquiries = administration.inquiries();
    return List.of(
        new Route(
            GET,
            "/tenants/{tenant}/drift",
            request ->
                inquiries
                    .drift(request.tenant(), request.limit())
                    .map(drift -> Answer.ok(AdminJson.drift(drift)))),
        new Route(
            GET,
            "/tenants/{tenant}/journal",
            request ->
                inquiries
                    .journal(
                        request.tenant(),
                        request.queriedId("resource"),
                        request.number("before", 0, Long.MAX_VALUE),
                        request.limit())
                    .map(entries -> Answer.ok(AdminJson.list(entries, AdminJson::change)))),
        new Route(
            GET,
            "/tenants/{tenant}/requests",
            request ->
                inquiries
                    .requests(
                        request.tenant(),
                        clock.instant().minus(request.since()),
                        request.flag("errors") ? ERRORS : 0,
                        request.limit())
                    .map(entries -> Answer.ok(AdminJson.list(entries, AdminJson::request)))),
        new Route(
            GET,
            "/tenants/{tenant}/requests/{request}",
            request ->
                inquiries
                    .request(request.tenant(), request.word("request"))
                    .map(entries -> Answer.ok(AdminJson.list(entries, AdminJson::request)))),
        new Route(
            POST,
            "/tenants/{tenant}/explain",
            request -> {
              ApiRequest.Body body = request.body("user", "group");
              return inquiries
                  .explain(request.tenant(), body.text("user"), body.optionalText("group"))
                  .map(all -> Answer.ok(AdminJson.list(all, AdminJson::explanation)));
            }));
  }

  private static Future<Answer> shown(Future<Tenants.Tenant> tenant) {
    return tenant.map(found -> Answer.ok(AdminJson.tenant(found)));
  }

  private static Answer count(int number) {
    return Answer.ok(JsonNodeFactory.instance.objectNode().put("count", number));
  }
}
