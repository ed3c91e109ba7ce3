package com.phonemos.scim.engine.admin.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.Refusal;
import com.phonemos.scim.engine.admin.TokenAdministration;
import com.phonemos.scim.engine.admin.api.ApiRoutes.Route;
import com.phonemos.scim.engine.store.TokenScope;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The rows of the table that are about tokens. */
final class TokenRoutes {
  private static final int YEAR = 365;
  private static final int WEEK_HOURS = 7 * 24;

  private final TokenAdministration tokens;
  private final Clock clock;

  TokenRoutes(TokenAdministration tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  List<Route> all() {
    return List.of(
        new Route(
            GET,
            "/tenants/{tenant}/tokens",
            request ->
                tokens
                    .list(request.tenant())
                    .map(all ->
                        Answer.ok(
                            AdminJson.list(
                                all, token -> AdminJson.token(token, clock.instant()))))),
        new Route(
            POST,
            "/tenants/{tenant}/tokens",
            request -> {
              ApiRequest.Body body = request.body("label", "scope", "expiresDays");
              return tokens
                  .issue(
                      request.tenant(),
                      scope(body),
                      body.optionalText("label").orElse(""),
                      body.number("expiresDays", YEAR))
                  .map(issued -> Answer.created(AdminJson.issued(issued)));
            }),
        new Route(
            POST,
            "/tenants/{tenant}/tokens/{token}/rotate",
            request -> {
              ApiRequest.Body body = request.body("overlapHours", "expiresDays");
              return tokens
                  .rotate(
                      request.tenant(),
                      request.id("token"),
                      body.number("overlapHours", WEEK_HOURS),
                      body.number("expiresDays", YEAR))
                  .map(issued -> Answer.created(AdminJson.issued(issued)));
            }),
        new Route(
            DELETE,
            "/tenants/{tenant}/tokens/{token}",
            request ->
                tokens.revoke(request.tenant(), request.id("token")).map(new Answer.Done())));
  }

  private static TokenScope scope(ApiRequest.Body body) {
    String word = body.optionalText("scope").orElse(TokenScope.SCIM.word());
    return Stream.of(TokenScope.values())
        .filter(scope -> scope.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                Refusal.Kind.INVALID, "Expected a scope of scim or changes, but it is another"));
  }
}
