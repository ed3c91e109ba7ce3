package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.Discovery;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.ResourceQuery;
import com.phonemos.scim.engine.store.Tokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The SCIM endpoint. Deploy as many as there are event loops to serve it. */
public final class HttpVerticle extends VerticleBase {
  private static final int IDLE_SECONDS = 75;

  private final Settings settings;
  private final ResourceQuery query;
  private final Tokens tokens;
  private final Clock clock;
  private final HttpRecorder recorder;
  private Optional<HttpServer> server = Optional.empty();

  /**
   * Where and how the endpoint is served.
   *
   * @param origin what clients see before the path, such as {@code https://scim.example.org};
   *     absent: what each asks for
   * @param shards of the write path
   */
  public record Settings(int port, Optional<String> origin, int shards, HttpLimits limits) {}

  public HttpVerticle(
      Settings settings, ResourceQuery query, Tokens tokens, Clock clock, HttpRecorder recorder) {
    this.settings = settings;
    this.query = query;
    this.tokens = tokens;
    this.clock = clock;
    this.recorder = recorder;
  }

  @Override
  public Future<?> start() {
    HttpLimits limits = settings.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setPort(settings.port())
            .setMaxInitialLineLength(limits.requestLineBytes())
            .setMaxHeaderSize(limits.headerBytes())
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    SecureRandom random = new SecureRandom();
    CommandSender sender = new CommandSender(vertx.eventBus(), settings.shards(), limits.timeout());
    TimeOrderedIds ids = new TimeOrderedIds(clock, random);
    Map<ResourceType, ResourceHandler> handlers = new EnumMap<>(ResourceType.class);
    for (ResourceType type : ResourceType.values()) {
      handlers.put(type, new ResourceHandler(type, query, sender, ids, limits));
    }
    Router router =
        new ScimRoutes(
                vertx,
                new Authenticator(tokens, clock),
                settings.origin(),
                new RequestId(random),
                recorder)
            .build(handlers, new DiscoveryHandler(new Discovery(limits.maxPage())), limits);
    HttpServer listening =
        vertx
            .createHttpServer(options)
            .requestHandler(router)
            .invalidRequestHandler(new InvalidRequestHandler());
    server = Optional.of(listening);
    return listening.listen();
  }

  /** Stops accepting and lets requests under way finish. */
  @Override
  public Future<?> stop() {
    return server
        .<Future<?>>map(listening -> listening.shutdown(20, TimeUnit.SECONDS))
        .orElseGet(Future::succeededFuture);
  }

  /** The port that is listened on; of use when 0 was asked for. */
  public int port() {
    return server.map(HttpServer::actualPort).orElse(settings.port());
  }
}
