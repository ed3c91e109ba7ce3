package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.TokenScope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The route table: one line per endpoint and method. Before its route a request passes, in this
 * order, its token, its tenant's share and its body.
 */
final class ScimRoutes {
  /** Okta refuses a base URL with an underscore, hence the second one. */
  static final List<String> BASES = List.of("/_api/scim/v2", "/scim/v2");

  /** Where Phonemos follows the changes. */
  static final String DIRECTORY = "/_api/directory/v1";

  private static final String PROVIDER_CONFIG = "/ServiceProviderConfig";

  private static final String RESOURCE = "resource";
  private static final String OPERATION = "operation";
  static final String NONE = "none";

  private final Router router;
  private final Gate gate;
  private final RequestId requestIds;
  private final HttpRecorder recorder;

  /** What is served below a base: path → method → handler. */
  private final Map<String, Map<HttpMethod, Consumer<RoutingContext>>> table =
      new LinkedHashMap<>();

  ScimRoutes(Vertx vertx, Gate gate, RequestId requestIds, HttpRecorder recorder) {
    this.router = Router.router(vertx);
    this.gate = gate;
    this.requestIds = requestIds;
    this.recorder = recorder;
  }

  Router build(
      Map<ResourceType, ResourceHandler> handlers,
      Function<List<ResourceType>, ListHandler> lists,
      BulkHandler bulk,
      DiscoveryHandler discovery,
      ChangeFeedHandler changes,
      TokenEndpoint tokens,
      HttpLimits limits,
      Connections connections) {
    handlers.forEach((type, handler) -> resource(type, handler, lists.apply(List.of(type))));
    root(lists.apply(List.of(ResourceType.values())));
    add(HttpMethod.POST, "/Bulk", "bulk", NONE, bulk::bulk);
    discovery(PROVIDER_CONFIG, discovery::serviceProviderConfig);
    discovery("/ResourceTypes", discovery::resourceTypes);
    discovery("/ResourceTypes/:id", discovery::resourceType);
    discovery("/Schemas", discovery::schemas);
    discovery("/Schemas/:id", discovery::schema);

    router.route().handler(this::begin);
    router.route().handler(connections::serve);
    Admission admission = new Admission(limits.traffic());
    RequestBody body = new RequestBody(limits.bodyBytes(), limits.traffic().body());
    for (String base : BASES) {
      router
          .route(base + "/*")
          .handler(context -> {
            if (context.normalizedPath().equals(base + PROVIDER_CONFIG)) {
              gate.anyone(context, base);
            } else {
              gate.authenticated(context, base, TokenScope.SCIM);
            }
          })
          .handler(admission)
          .handler(ScimRoutes::decoded)
          .handler(body);
      table.forEach((path, methods) -> serve(base + path, methods));
      router.route(base + "/Me").handler(ScimRoutes::me);
    }
    router
        .route(DIRECTORY + "/*")
        .handler(context -> gate.authenticated(context, DIRECTORY, TokenScope.CHANGES))
        .handler(admission)
        .handler(body);
    serve(DIRECTORY + "/changes", Map.of(HttpMethod.GET, operation("changes", NONE, changes::get)));
    for (String base : List.of("/_api/scim", "/scim")) {
      String path = base + TokenEndpoint.PATH;
      router
          .post(path)
          .handler(context -> {
            RequestBody.await(context, limits.traffic().body());
            context.next();
          });
      router
          .post(path)
          .handler(BodyHandler.create(false).setBodyLimit(TokenEndpoint.BODY_BYTES))
          .failureHandler(tokens::unreadable);
      serve(path, Map.of(HttpMethod.POST, operation("token", NONE, tokens::post)));
    }
    router.route().handler(context -> ResponseWriter.error(context, HttpStatus.error(404)));
    router.route().failureHandler(ScimRoutes::fail);
    return router;
  }

  private void root(ListHandler list) {
    add(HttpMethod.GET, "", "list", NONE, list::get);
    add(HttpMethod.GET, "/", "list", NONE, list::get);
    search("", NONE, list);
  }

  private void search(String all, String resource, ListHandler list) {
    add(HttpMethod.POST, all + "/.search", "search", resource, list::search);
  }

  private void resource(ResourceType type, ResourceHandler handler, ListHandler list) {
    String title = type.title();
    String all = type.endpoint();
    String one = all + "/:id";
    search(all, title, list);
    add(HttpMethod.GET, all, "list", title, list::get);
    add(HttpMethod.POST, all, "create", title, handler::create);
    add(HttpMethod.GET, one, "read", title, handler::read);
    add(HttpMethod.PUT, one, "replace", title, handler::replace);
    add(HttpMethod.PATCH, one, "patch", title, handler::patch);
    add(HttpMethod.DELETE, one, "delete", title, handler::delete);
  }

  private void add(
      HttpMethod method,
      String path,
      String operation,
      String resource,
      Function<RoutingContext, Future<Void>> handler) {
    add(method, path, operation(operation, resource, handler));
  }

  private static Consumer<RoutingContext> operation(
      String operation, String resource, Function<RoutingContext, Future<Void>> handler) {
    return context -> {
      context.put(OPERATION, operation).put(RESOURCE, resource);
      handler.apply(context).onFailure(context::fail);
    };
  }

  private void discovery(String path, Consumer<RoutingContext> handler) {
    add(
        HttpMethod.GET,
        path,
        context -> {
          context.put(OPERATION, "discovery");
          handler.accept(context);
        });
  }

  private void add(HttpMethod method, String path, Consumer<RoutingContext> handler) {
    table.computeIfAbsent(path, new_ -> new LinkedHashMap<>()).put(method, handler);
  }

  /** HEAD is GET without the body, OPTIONS says what else there is, and the rest is refused. */
  private void serve(String path, Map<HttpMethod, Consumer<RoutingContext>> methods) {
    methods.forEach((method, handler) -> router.route(method, path).handler(handler::accept));
    TreeSet<String> allowed = new TreeSet<>(List.of(HttpMethod.OPTIONS.name()));
    methods.keySet().forEach(method -> allowed.add(method.name()));
    Optional.ofNullable(methods.get(HttpMethod.GET))
        .ifPresent(get -> {
          allowed.add(HttpMethod.HEAD.name());
          router.route(HttpMethod.HEAD, path).handler(get::accept);
        });
    String allow = String.join(", ", allowed);
    router
        .route(path)
        .handler(context -> {
          context.response().putHeader(HttpHeaders.ALLOW, allow);
          if (HttpMethod.OPTIONS.equals(context.request().method())) {
            ResponseWriter.empty(context, 204);
          } else {
            ResponseWriter.error(context, HttpStatus.error(405));
          }
        });
  }

  /** Ahead of the routes with an id, whose match decodes the query by rules of its own. */
  private static void decoded(RoutingContext context) {
    QueryParameters.of(context);
    context.next();
  }

  /** RFC 7644 §3.11: a token stands for a company, not for a person. */
  private static void me(RoutingContext context) {
    ResponseWriter.error(context, ScimError.of(501, "Expected an endpoint other than /Me"));
  }

  private void begin(RoutingContext context) {
    long started = System.nanoTime();
    requestIds.assign(context);
    context.addEndHandler(done -> record(context, System.nanoTime() - started));
    context.next();
  }

  private void record(RoutingContext context, long nanos) {
    String operation = context.get(OPERATION, NONE);
    String resource = context.get(RESOURCE, NONE);
    Optional<String> scimType =
        ResponseWriter.error(context).flatMap(ScimError::type).map(ScimType::keyword);
    recorder.answered(operation, resource, context.response().getStatusCode(), scimType, nanos);
    context
        .vertx()
        .eventBus()
        .publish(BusAddress.ANSWERED, RequestTrace.answered(context, operation, resource, nanos));
    ExchangeCopy.of(context)
        .ifPresent(copy -> context.vertx().eventBus().publish(BusAddress.RECORDED, copy));
  }

  private static void fail(RoutingContext context) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    if (context.response().headWritten()) {
      ResponseWriter.broken(context, context.failure());
      return;
    }
    boolean refusedByHttp = context.statusCode() >= 400 && context.statusCode() < 500;
    if (refusedByHttp || context.failure() == null) {
      ResponseWriter.error(context, HttpStatus.error(context.statusCode()));
    } else {
      ResponseWriter.failure(context, context.failure());
    }
  }
}
