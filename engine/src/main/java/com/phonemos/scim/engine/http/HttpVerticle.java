package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.oauth.TokenGrants;
import com.phonemos.scim.engine.scim.protocol.Discovery;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.ChangeFeed;
import com.phonemos.scim.engine.store.OAuthClients;
import com.phonemos.scim.engine.store.ReadDatabase;
import com.phonemos.scim.engine.store.ResourceList;
import com.phonemos.scim.engine.store.ResourceQuery;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Tokens;
import com.phonemos.scim.engine.store.Undelivered;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The SCIM endpoint. Deploy as many as there are event loops to serve it. */
public final class HttpVerticle extends VerticleBase {
  /** Longer than any connection is let wait, which {@link Connections} sees to. */
  private static final int IDLE_SECONDS = 90;

  /** How long clients that keep their connections open are told of the end by their answers. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** Most of what level 6 saves, at a fraction of its time. */
  private static final int GZIP_LEVEL = 1;

  /** Requests of one HTTP/2 connection at a time. */
  private static final long STREAMS = 100;

  private final Settings settings;
  private final ReadDatabase database;
  private final SecretBox secrets;
  private final Undelivered undelivered;
  private final Tokens tokens;
  private final OAuthClients clients;
  private final Clock clock;
  private final HttpRecorder recorder;
  private Optional<Connections> connections = Optional.empty();
  private Optional<ChangeHints> hints = Optional.empty();
  private Optional<HttpServer> server = Optional.empty();

  /**
   * Where and how the endpoint is served.
   *
   * @param origin what clients see before the path, such as {@code https://scim.example.org};
   *     absent: what each asks for
   * @param tls absent: a proxy in front speaks it
   * @param shards of the write path
   * @param drain for requests under way to finish when the endpoint stops
   * @param egress where keys of issuers may be read
   */
  public record Settings(
      int port,
      Optional<String> origin,
      Optional<Tls> tls,
      int shards,
      HttpLimits limits,
      Duration drain,
      EgressPolicy egress) {}

  /**
   * Files in PEM.
   *
   * @param certificate with the chain, the server's own first
   * @param key in PKCS #8
   */
  public record Tls(Path certificate, Path key) {}

  public HttpVerticle(
      Settings settings,
      ReadDatabase database,
      SecretBox secrets,
      Undelivered undelivered,
      Tokens tokens,
      OAuthClients clients,
      Clock clock,
      HttpRecorder recorder) {
    this.settings = settings;
    this.database = database;
    this.secrets = secrets;
    this.undelivered = undelivered;
    this.tokens = tokens;
    this.clients = clients;
    this.clock = clock;
    this.recorder = recorder;
  }

  @Override
  public Future<?> start() {
    HttpLimits limits = settings.limits();
    SecureRandom random = new SecureRandom();
    CommandSender sender = new CommandSender(vertx.eventBus(), settings.shards(), limits.timeout());
    TimeOrderedIds ids = new TimeOrderedIds(clock, random);
    ResourceQuery query = new ResourceQuery(database);
    ResourceList list = new ResourceList(database);
    Cursors cursors = new Cursors(secrets.derive("cursor"), clock, limits.cursorTimeout());
    Map<ResourceType, ResourceHandler> handlers = new EnumMap<>(ResourceType.class);
    for (ResourceType type : ResourceType.values()) {
      handlers.put(type, new ResourceHandler(type, query, undelivered, sender, ids, limits));
    }
    RequestId requestIds = new RequestId(random);
    Refusal refusal = new Refusal(requestIds);
    Connections open = new Connections(vertx, limits.traffic());
    ChangeHints changes = new ChangeHints(vertx);
    Gate gate = new Gate(new Authenticator(tokens, clock), settings.origin());
    Router router =
        new ScimRoutes(vertx, gate, requestIds, recorder)
            .build(
                handlers,
                types -> new ListHandler(types, query, list, cursors, limits),
                new BulkHandler(sender, undelivered, ids),
                new DiscoveryHandler(discovery(limits)),
                new ChangeFeedHandler(new ChangeFeed(database), changes),
                new TokenEndpoint(new TokenGrants(vertx, clients, settings.egress(), clock)),
                limits,
                open);
    HttpServer listening =
        vertx
            .createHttpServer(options())
            .connectionHandler(open::opened)
            .requestHandler(new RequestHead(router, refusal))
            .invalidRequestHandler(refusal::unreadable);
    connections = Optional.of(open);
    hints = Optional.of(changes);
    server = Optional.of(listening);
    return listening.listen();
  }

  private HttpServerOptions options() {
    HttpLimits limits = settings.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setPort(settings.port())
            .setMaxInitialLineLength(limits.requestLineBytes())
            .setMaxHeaderSize(limits.headerBytes())
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            // Without TLS a request could be smuggled past a proxy by an upgrade to HTTP/2.
            .setHttp2ClearTextEnabled(false)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS)
                    .setMaxHeaderListSize(limits.headerBytes()));
    if (limits.traffic().gzipBytes() > 0) {
      options
          .setCompressionSupported(true)
          .setCompressors(List.of(StandardCompressionOptions.gzip(GZIP_LEVEL, 15, 8)))
          .setCompressionContentSizeThreshold(limits.traffic().gzipBytes());
    }
    settings
        .tls()
        .ifPresent(tls ->
            options
                .setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString())));
    return options;
  }

  private Discovery discovery(HttpLimits limits) {
    return new Discovery(
        new Discovery.Pages(limits.defaultPage(), limits.maxPage(), limits.cursorTimeout()),
        new Discovery.Bulk(BulkHandler.MAX_OPERATIONS, limits.bodyBytes()));
  }

  /**
   * Tells clients by their answers to come back elsewhere, then stops accepting and lets requests
   * under way finish.
   */
  @Override
  public Future<?> stop() {
    hints.ifPresent(ChangeHints::drain);
    Future<Void> told =
        connections.map(open -> open.drain(FAREWELL)).orElseGet(Future::succeededFuture);
    return told.compose(done ->
        server
            .map(
                listening -> listening.shutdown(settings.drain().toMillis(), TimeUnit.MILLISECONDS))
            .orElseGet(Future::succeededFuture));
  }

  /** The port that is listened on; of use when 0 was asked for. */
  public int port() {
    return server.map(HttpServer::actualPort).orElse(settings.port());
  }
}
