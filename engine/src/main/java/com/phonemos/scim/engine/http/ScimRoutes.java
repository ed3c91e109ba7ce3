package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The route table: one line per endpoint and method. */
final class ScimRoutes {
  /** Okta refuses a base URL with an underscore, hence the second one. */
  static final List<String> BASES = List.of("/_api/scim/v2", "/scim/v2");

  private static final String RESOURCE = "resource";
  private static final String OPERATION = "operation";
  private static final String NONE = "none";

  private final Router router;
  private final Authenticator authenticator;
  private final Optional<String> origin;
  private final RequestId requestIds;
  private final HttpRecorder recorder;

  ScimRoutes(
      Vertx vertx,
      Authenticator authenticator,
      Optional<String> origin,
      RequestId requestIds,
      HttpRecorder recorder) {
    this.router = Router.router(vertx);
    this.authenticator = authenticator;
    this.origin = origin;
    this.requestIds = requestIds;
    this.recorder = recorder;
  }

  Router build(
      Map<ResourceType, ResourceHandler> handlers,
      Function<List<ResourceType>, ListHandler> lists,
      DiscoveryHandler discovery,
      HttpLimits limits) {
    router.route().handler(this::begin);
    for (String base : BASES) {
      router.route(base + "/*").handler(context -> authenticate(context, base));
      router.route(base + "/*").handler(BodyHandler.create(false).setBodyLimit(limits.bodyBytes()));
      handlers.forEach(
          (type, handler) -> resource(base, type, handler, lists.apply(List.of(type))));
      root(base, lists.apply(List.of(ResourceType.values())));
      get(base + "/ServiceProviderConfig", discovery::serviceProviderConfig);
      get(base + "/ResourceTypes", discovery::resourceTypes);
      get(base + "/ResourceTypes/:id", discovery::resourceType);
      get(base + "/Schemas", discovery::schemas);
      get(base + "/Schemas/:id", discovery::schema);
      router
          .route(base + "/Me")
          .handler(context ->
              ResponseWriter.error(
                  context, ScimError.of(501, "Expected an endpoint other than /Me")));
    }
    router.route().handler(context -> ResponseWriter.error(context, HttpStatus.error(404)));
    router.route().failureHandler(ScimRoutes::fail);
    return router;
  }

  private void root(String base, ListHandler list) {
    for (String all : List.of(base, base + "/")) {
      route(HttpMethod.GET, all, "list", NONE, list::get);
      refuseOthers(all, "GET");
    }
    search(base, NONE, list);
  }

  private void search(String all, String resource, ListHandler list) {
    String search = all + "/.search";
    route(HttpMethod.POST, search, "search", resource, list::search);
    refuseOthers(search, "POST");
  }

  private void resource(
      String base, ResourceType resourceType, ResourceHandler handler, ListHandler list) {
    String type = resourceType.title();
    String all = base + resourceType.endpoint();
    String one = all + "/:id";
    search(all, type, list);
    route(HttpMethod.GET, all, "list", type, list::get);
    route(HttpMethod.POST, all, "create", type, handler::create);
    route(HttpMethod.GET, one, "read", type, handler::read);
    route(HttpMethod.PUT, one, "replace", type, handler::replace);
    route(HttpMethod.PATCH, one, "patch", type, handler::patch);
    route(HttpMethod.DELETE, one, "delete", type, handler::delete);
    refuseOthers(all, "GET, POST");
    refuseOthers(one, "GET, PUT, PATCH, DELETE");
  }

  private void route(
      HttpMethod method,
      String path,
      String operation,
      String resource,
      Function<RoutingContext, Future<Void>> handler) {
    router
        .route(method, path)
        .handler(context -> {
          context.put(OPERATION, operation).put(RESOURCE, resource);
          handler.apply(context).onFailure(context::fail);
        });
  }

  private void get(String path, Consumer<RoutingContext> handler) {
    Route route = router.route(HttpMethod.GET, path);
    route.handler(context -> {
      context.put(OPERATION, "discovery");
      handler.accept(context);
    });
    refuseOthers(path, "GET");
  }

  private void refuseOthers(String path, String allow) {
    router
        .route(path)
        .handler(context -> {
          context.response().putHeader(HttpHeaders.ALLOW, allow);
          ResponseWriter.error(context, HttpStatus.error(405));
        });
  }

  private void begin(RoutingContext context) {
    long started = System.nanoTime();
    requestIds.assign(context);
    context.addEndHandler(done -> record(context, System.nanoTime() - started));
    context.next();
  }

  private void record(RoutingContext context, long nanos) {
    recorder.answered(
        context.get(OPERATION, NONE),
        context.get(RESOURCE, NONE),
        context.response().getStatusCode(),
        ResponseWriter.scimType(context),
        nanos);
  }

  /** Before the body is read: who has no token costs no memory. */
  private void authenticate(RoutingContext context, String base) {
    context.request().pause();
    authenticator
        .authenticate(context.request())
        .onSuccess(outcome -> {
          switch (outcome) {
            case Authenticator.Outcome.Accepted accepted -> {
              new Exchange(accepted.credential(), RequestId.of(context), base(context, base))
                  .attach(context);
              context.request().resume();
              context.next();
            }
            case Authenticator.Outcome.Refused refused -> {
              context.request().resume();
              ResponseWriter.error(context, ScimError.of(refused.status(), refused.reason()));
            }
          }
        })
        .onFailure(cause -> {
          context.request().resume();
          context.fail(cause);
        });
  }

  private String base(RoutingContext context, String path) {
    HttpServerRequest request = context.request();
    return origin.orElseGet(() -> request.scheme() + "://" + request.authority()) + path;
  }

  private static void fail(RoutingContext context) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    if (context.response().headWritten()) {
      ResponseWriter.broken(context, context.failure());
      return;
    }
    if (context.failure() != null) {
      ResponseWriter.failure(context, context.failure());
    } else {
      ResponseWriter.error(context, HttpStatus.error(context.statusCode()));
    }
  }
}
