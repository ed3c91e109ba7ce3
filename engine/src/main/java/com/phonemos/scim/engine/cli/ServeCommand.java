package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.Engine;
import com.phonemos.scim.engine.EngineConfig;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Runs the engine until the process is asked to stop. */
@Command(
    name = "serve",
    description = "Serve SCIM and push to Keycloak until SIGTERM or Ctrl-C, then drain.",
    footer = {
      "",
      "Settings (environment, or a properties file named by PHONEMOS_SCIM_CONFIG_FILE):",
      "  PHONEMOS_SCIM_HTTP_PORT         SCIM endpoint (8080)",
      "  PHONEMOS_SCIM_OPS_PORT          /metrics, /livez, /readyz (9090)",
      "  PHONEMOS_SCIM_DATABASE_URL      postgresql://user:password@host:5432/database;",
      "                                  without it an embedded PostgreSQL runs",
      "  PHONEMOS_SCIM_DATA_DIR          embedded PostgreSQL and key file (./data)",
      "  PHONEMOS_SCIM_BASE_URL          what clients reach, like https://scim.example.com;",
      "                                  without it, taken from each request",
      "  PHONEMOS_SCIM_TLS_CERTIFICATE   PEM files; with both the endpoint speaks TLS and",
      "  PHONEMOS_SCIM_TLS_KEY           HTTP/2, without them a proxy in front does",
      "  PHONEMOS_SCIM_SECRET_KEY        32 bytes in base64 that seal client secrets;",
      "                                  without it, a key file in the data directory",
      "  PHONEMOS_SCIM_OPERATOR_TOKEN    opens the administration API",
      "  PHONEMOS_SCIM_LOG_FORMAT        text or json (text on a terminal, else json)",
      "Limits:",
      "  PHONEMOS_SCIM_BODY_BYTES        of one request (2097152)",
      "  PHONEMOS_SCIM_MAILBOX           commands that may wait per tenant (1000)",
      "  PHONEMOS_SCIM_BATCH             commands per commit, at most (256)",
      "  PHONEMOS_SCIM_SHARDS            mutation shards (2)",
      "  PHONEMOS_SCIM_POOL_SIZE         connections to PostgreSQL (12)",
      "  PHONEMOS_SCIM_PAGE_SIZE         resources per page, by default (200)",
      "  PHONEMOS_SCIM_MAX_PAGE_SIZE     resources per page, at most (1000)",
      "  PHONEMOS_SCIM_LARGE_GROUP       members above which a PATCH is answered 204 (1000)",
      "  PHONEMOS_SCIM_PUSH_CONCURRENCY  requests to Keycloak at a time, per tenant (8)",
      "  PHONEMOS_SCIM_DRIFT_INTERVAL_MINUTES  from one look through a realm to the next;",
      "                                  0 for none (1440)",
      "  PHONEMOS_SCIM_DRIFT_POLL_SECONDS  from one look at its admin events to the next;",
      "                                  0 for none (30)",
      "  PHONEMOS_SCIM_CONNECTIONS       open at a time (10000)",
      "  PHONEMOS_SCIM_TENANT_REQUESTS   under way at a time, per tenant (2000)",
      "  PHONEMOS_SCIM_TENANT_RATE       requests per second, per tenant; 0 for any (0)",
      "  PHONEMOS_SCIM_GZIP_BYTES        answers this long are compressed; 0 for none (8192)",
      "  PHONEMOS_SCIM_DATABASE_TIMEOUT_SECONDS  of one statement (15)",
      "  PHONEMOS_SCIM_DEADLINE_SECONDS  for a waiting request (20)",
      "  PHONEMOS_SCIM_DRAIN_SECONDS     for a stop (25)",
      "  PHONEMOS_SCIM_REQUEST_LOG_DAYS  that what was asked and answered is kept (30)",
      "",
      "Example:",
      "  PHONEMOS_SCIM_DATA_DIR=/var/lib/phonemos-scim phonemos-scim serve",
    })
final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    EngineConfig config = terminal.config();
    Engine engine = Engine.start(config);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  engine.close();
                  // A drained stop is a success; without this the JVM would report the signal.
                  Runtime.getRuntime().halt(ExitCode.DONE.status());
                },
                "drain"));
    new CountDownLatch(1).await();
    return ExitCode.DONE.status();
  }
}
