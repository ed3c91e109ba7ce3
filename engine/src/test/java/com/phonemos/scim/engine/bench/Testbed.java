package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.Folders;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.Screen;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.SecretBox;
import com.phonemos.scim.engine.store.Tenants;
import com.phonemos.scim.engine.store.Tokens;
import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What is measured: the packaged engine in a process of its own, on a durable PostgreSQL, with the
 * settings that it has by default. It ends with this JVM.
 */
final class Testbed {
  private static final Duration ENGINE_LIMIT = Duration.ofMinutes(1);
  private static final long STOP_SECONDS = 30;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final EmbeddedPostgres postgres;
  private final int port;
  private final int opsPort;
  private final EngineProcess engine;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;
  private final Tenants tenants;
  private final Tokens tokens;
  private final DueList due;
  private Optional<KeycloakServer> keycloak = Optional.empty();

  /** A tenant, and the token of its identity provider. */
  record Tenant(UUID id, String token) {}

  /** Opens the operators' API. */
  static final String OPERATOR_TOKEN = "operator-7c1d0a5be94f4c6e8b2f3a1907d6e5c4";

  private Testbed(Path jar, Path folder, Screen screen) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end"));
    Path data = Folders.empty(folder).resolve("postgres");
    opened.push(() -> Folders.delete(data));
    this.postgres = EmbeddedPostgres.start(data);
    opened.push(postgres);
    this.port = freePort();
    this.opsPort = freePort();
    this.engine =
        EngineProcess.serve(
            jar,
            folder,
            port,
            opsPort,
            Map.of(
                "PHONEMOS_SCIM_DATABASE_URL", postgres.uri(),
                "PHONEMOS_SCIM_SECRET_KEY", ScimTenant.secretKey(),
                "PHONEMOS_SCIM_OPERATOR_TOKEN", OPERATOR_TOKEN));
    opened.push(() -> end(engine.handle()));
    engine.awaitReady(ENGINE_LIMIT, waited -> screen.waiting("engine starts", waited));
    this.database = Database.open(vertx, postgres.uri(), 1);
    this.tenants = new Tenants(database, SecretBox.withKey(new byte[SecretBox.KEY_BYTES]));
    this.tokens = new Tokens(database);
    this.due = new DueList(database);
  }

  /**
   * Starts PostgreSQL and the engine in an emptied folder.
   *
   * @throws IllegalStateException when the engine does not get ready
   */
  static Testbed start(Path jar, Path folder, Screen screen)
      throws IOException, InterruptedException {
    return new Testbed(jar, folder, screen);
  }

  /** Of the SCIM endpoint. */
  int port() {
    return port;
  }

  /** Of the operators' API. */
  int opsPort() {
    return opsPort;
  }

  /** Of the database. */
  String uri() {
    return postgres.uri();
  }

  /** The database, for preparing and for looking. */
  Rows rows() {
    return new Rows(postgres.uri());
  }

  /** Whether nothing of a tenant waits for Keycloak, nor was given up. */
  boolean isPushed(Tenant tenant) throws Exception {
    return get(due.list(new TenantId(tenant.id()), 1)).isEmpty();
  }

  Tenant tenant(String slug) throws Exception {
    return tenant(slug, Optional.empty());
  }

  Tenant tenant(String slug, Optional<KeycloakTarget> target) throws Exception {
    TenantId id = get(tenants.create(slug, target)).orElseThrow();
    String token = BearerToken.mint(id, RANDOM);
    get(tokens.issue(id, BearerToken.hash(token), "bench", Optional.empty()));
    return new Tenant(id.value(), token);
  }

  /** A real Keycloak, started when first asked for. */
  KeycloakServer keycloak() {
    if (keycloak.isEmpty()) {
      KeycloakServer server = KeycloakServer.create();
      opened.push(server);
      server.start();
      keycloak = Optional.of(server);
    }
    return keycloak.get();
  }

  /** The last opened first; what fails to close does not keep the others from it. */
  private void close() {
    for (AutoCloseable one : opened) {
      try {
        one.close();
      } catch (Exception failure) {
        System.err.println("Not closed cleanly: " + failure);
      }
    }
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
