package com.phonemos.scim.engine.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.admin.Administration;
import com.phonemos.scim.engine.admin.Refusal;
import com.phonemos.scim.engine.store.StoreFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators' HTTP API. Whoever shows the operator token may do everything; the OpenAPI document
 * is for everybody. Errors are problem details (RFC 9457). Every operation that is asked for is
 * logged, without what it was about.
 */
public final class AdminApi {
  /** Where it is. */
  public static final String BASE = "/_api/admin/v1";

  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
  private static final String DOCUMENT = "/openapi/admin-v1.json";
  private static final int BODY_BYTES = 64 << 10;
  private static final String JSON = "application/json";

  private final OperatorGate gate;
  private final Buffer document = Buffer.buffer(document());

  private AdminApi(OperatorGate gate) {
    this.gate = gate;
  }

  /**
   * What answers requests below {@link #BASE}, on one event loop.
   *
   * @param operatorToken absent: nobody is let in
   */
  public static Handler<HttpServerRequest> handler(
      Vertx vertx, Administration administration, Optional<String> operatorToken) {
    AdminApi api = new AdminApi(new OperatorGate(operatorToken, System::nanoTime));
    Router router = Router.router(vertx);
    router
        .get(BASE + "/openapi.json")
        .handler(context -> answered(context).putHeader("Content-Type", JSON).end(api.document));
    router.route(BASE + "/*").handler(api::admit);
    router.route(BASE + "/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES));
    for (ApiRoutes.Route route : new ApiRoutes(administration, Clock.systemUTC()).all()) {
      router
          .route(route.method(), BASE + route.path().replaceAll("\\{(\\w+)}", ":$1"))
          .handler(context -> api.run(route, context));
    }
    router.errorHandler(
        404, context -> problem(context, 404, "Expected a path of " + BASE + "/openapi.json"));
    router.errorHandler(405, context -> problem(context, 405, "Expected another method here"));
    router.errorHandler(
        413,
        context -> problem(context, 413, "Expected a body of at most " + BODY_BYTES + " bytes"));
    router.errorHandler(400, context -> problem(context, 400, "Expected a well-formed request"));
    router.errorHandler(500, AdminApi::failed);
    return router;
  }

  private void admit(RoutingContext context) {
    HttpServerRequest request = context.request();
    switch (gate.judge(
        Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)),
        request.remoteAddress().hostAddress())) {
      case PASS -> context.next();
      case CLOSED ->
          problem(
              context,
              403,
              "Expected PHONEMOS_SCIM_OPERATOR_TOKEN to be set, but it is not: this API is closed");
      case WRONG -> {
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"phonemos-scim\"");
        problem(context, 401, "Expected the operator token as bearer token, but it is not that");
      }
      case TOO_MANY -> {
        context.response().putHeader("Retry-After", "60");
        problem(context, 429, "Expected fewer wrong operator tokens from this address");
      }
    }
  }

  private void run(ApiRoutes.Route route, RoutingContext context) {
    ApiRequest request = new ApiRequest(context);
    Future.succeededFuture()
        .compose(start -> route.operation().of(request)) // compose turns a throw into a failure
        .compose(answer -> send(context, answer))
        .onFailure(failure -> refuse(context, failure))
        .onComplete(done ->
            LOG.atInfo()
                .addKeyValue("operation", route.method() + " " + route.path())
                .addKeyValue("status", context.response().getStatusCode())
                .addKeyValue("address", context.request().remoteAddress().hostAddress())
                .log("Operator's request"));
  }

  private static Future<Void> send(RoutingContext context, Answer answer) {
    HttpServerResponse response = answered(context);
    return switch (answer) {
      case Answer.Json json ->
          response
              .setStatusCode(json.status())
              .putHeader("Content-Type", JSON)
              .end(json.body().toPrettyString() + "\n");
      case Answer.Done done -> response.setStatusCode(204).end();
      case Answer.Streamed text -> {
        response.setChunked(true).putHeader("Content-Type", text.mediaType());
        yield text.write().apply(response).compose(written -> response.end());
      }
    };
  }

  private static void refuse(RoutingContext context, Throwable failure) {
    if (context.response().headWritten()) {
      // A half export must not look whole.
      context.request().connection().close();
    } else if (failure instanceof Refusal refusal) {
      problem(
          context,
          switch (refusal.kind()) {
            case INVALID -> 400;
            case ABSENT -> 404;
            case CONFLICT -> 409;
          },
          String.valueOf(refusal.getMessage()));
    } else if (StoreFailure.of(failure) == StoreFailure.REFUSED) {
      LOG.atError().setCause(failure).log("An operator's request failed");
      problem(context, 500, "Expected to do it, but it failed; the log says why");
    } else {
      problem(context, 503, "Expected an answer from PostgreSQL, but there was none");
    }
  }

  private static void failed(RoutingContext context) {
    LOG.atError().setCause(context.failure()).log("An operator's request failed");
    problem(context, 500, "Expected to do it, but it failed; the log says why");
  }

  private static void problem(RoutingContext context, int status, String detail) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "about:blank");
    HttpServerResponse response = answered(context).setStatusCode(status);
    problem.put("title", response.getStatusMessage());
    problem.put("status", status);
    problem.put("detail", detail);
    response
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.toPrettyString() + "\n");
  }

  private static HttpServerResponse answered(RoutingContext context) {
    return context
        .response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
  }

  private static byte[] document() {
    try (InputStream stream =
        Objects.requireNonNull(AdminApi.class.getResourceAsStream(DOCUMENT), DOCUMENT)) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
