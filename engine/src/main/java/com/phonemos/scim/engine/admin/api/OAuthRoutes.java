package com.phonemos.scim.engine.admin.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.OAuthAdministration;
import com.phonemos.scim.engine.admin.OAuthJson;
import com.phonemos.scim.engine.admin.api.ApiRoutes.Route;
import com.phonemos.scim.engine.store.OAuthClients.Federation;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The rows of the table that are about OAuth clients. */
final class OAuthRoutes {
  private static final int YEAR = 365;

  private OAuthRoutes() {}

  static List<Route> of(OAuthAdministration clients) {
    String all = "/tenants/{tenant}/oauth-clients";
    return List.of(
        new Route(
            GET,
            all,
            request ->
                clients
                    .list(request.tenant())
                    .map(found -> Answer.ok(AdminJson.list(found, OAuthJson::client)))),
        new Route(POST, all, request -> create(clients, request)),
        new Route(
            DELETE,
            all + "/{client}",
            request ->
                clients.delete(request.tenant(), request.id("client")).map(new Answer.Done())),
        new Route(
            POST,
            all + "/{client}/secrets",
            request -> {
              ApiRequest.Body body = request.body("expiresDays");
              return clients
                  .addSecret(
                      request.tenant(), request.id("client"), body.number("expiresDays", YEAR))
                  .map(issued -> Answer.created(OAuthJson.issued(issued)));
            }),
        new Route(
            DELETE,
            all + "/{client}/secrets/{secret}",
            request ->
                clients
                    .removeSecret(request.tenant(), request.id("client"), request.id("secret"))
                    .map(new Answer.Done())));
  }

  private static Future<Answer> create(OAuthAdministration clients, ApiRequest request) {
    ApiRequest.Body body = request.body("label", "expiresDays", "federation");
    String label = body.optionalText("label").orElse("");
    Optional<Federation> federation =
        body.object("federation", "issuer", "subject", "audience")
            .map(claims ->
                new Federation(
                    claims.text("issuer"), claims.text("subject"), claims.text("audience")));
    return federation.isPresent()
        ? clients
            .federate(request.tenant(), label, federation.get())
            .map(id -> Answer.created(OAuthJson.federated(id)))
        : clients
            .create(request.tenant(), label, body.number("expiresDays", YEAR))
            .map(issued -> Answer.created(OAuthJson.issued(issued)));
  }
}
