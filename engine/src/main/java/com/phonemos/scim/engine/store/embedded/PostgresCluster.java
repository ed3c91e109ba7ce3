package com.phonemos.scim.engine.store.embedded;

import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres.Durability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a database cluster below a data directory, and the programs of PostgreSQL that work
 * on them: {@code initdb} and {@code pg_ctl}. Who may call them when is {@link PostgresServer}'s
 * business. All methods block.
 */
final class PostgresCluster {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

  private static final String USER = "phonemos";
  private static final String DATABASE = "postgres";

  /** Crash recovery is part of a start, and may have gigabytes of log to replay. */
  private static final long START_SECONDS = 300;

  private static final long POLL_MS = 10;
  private static final int PORT_ATTEMPTS = 5;

  /** Below the ports that the operating system hands out to clients. */
  private static final int LOWEST_PORT = 15_000;

  private static final int PORTS = 15_000;
  private static final int PASSWORD_BYTES = 24;

  /**
   * Stretching protects weak passwords. Ours is random, and 4096 iterations would cost a JVM that
   * has just started most of a second.
   */
  private static final String NO_STRETCHING = "scram_iterations=1";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path dataDir;
  private final Path folder;
  private final PostgresBinaries binaries;
  private final PostgresAccount account;

  PostgresCluster(Path dataDir, PostgresBinaries binaries, PostgresAccount account) {
    this.dataDir = dataDir;
    this.folder = dataDir.resolve("postgres");
    this.binaries = binaries;
    this.account = account;
  }

  Path folder() {
    return folder;
  }

  boolean exists() {
    return Files.exists(folder.resolve("PG_VERSION"));
  }

  String uri(int port) throws IOException {
    return "postgresql://"
        + USER
        + ":"
        + Files.readString(passwordFile()).strip()
        + "@127.0.0.1:"
        + port
        + "/"
        + DATABASE;
  }

  void create(Durability durability) throws IOException {
    LOG.atInfo().addKeyValue("folder", folder).log("Creating the embedded database");
    Path password = passwordFile();
    Files.deleteIfExists(password);
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] random = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(random);
    Files.writeString(password, HexFormat.of().formatHex(random));
    account.own(password);
    Files.createDirectories(folder);
    account.own(folder);
    List<String> initdb =
        new ArrayList<>(
            List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + folder,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--set",
                NO_STRETCHING));
    if (durability == Durability.FORGETFUL) {
      initdb.add("--no-sync");
    }
    Process process = launch(initdb);
    if (await(process) != 0) {
      throw new EmbeddedPostgresException(
          "PostgreSQL cannot create its files in " + folder + ": " + lastLogLine() + hint());
    }
  }

  /**
   * Starts the server on a free port, which it answers. Another program may take the port between
   * our look and the server's bind: hence attempts.
   */
  int start(Durability durability) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      Process control = launch(startCommand(durability, port));
      try {
        awaitReady(port, Optional.of(control));
        return port;
      } catch (EmbeddedPostgresException failure) {
        if (attempt == PORT_ATTEMPTS || control.isAlive()) {
          throw failure;
        }
      }
    }
  }

  private List<String> startCommand(Durability durability, int port) {
    String options =
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            + " -c log_min_messages=warning -c jit=off"
            + switch (durability) {
              case DURABLE -> " -c fsync=on -c synchronous_commit=on -c full_page_writes=on";
              case FORGETFUL -> " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
            };
    return List.of(
        binaries.program("pg_ctl").toString(),
        "start",
        "-D",
        folder.toString(),
        "-w",
        "-t",
        Long.toString(START_SECONDS),
        "-l",
        log().toString(),
        "-o",
        options);
  }

  /** For a server that somebody else has started. */
  void awaitReady(int port) throws IOException {
    awaitReady(port, Optional.empty());
  }

  /** Quicker than {@code pg_ctl}, which looks every 100 ms. */
  private void awaitReady(int port, Optional<Process> control) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<Postmaster> found = Postmaster.read(folder);
      if (found.isPresent() && found.get().ready() && found.get().port() == port) {
        return;
      }
      boolean gone =
          control.isPresent()
              ? !control.get().isAlive() && control.get().exitValue() != 0
              : found.isEmpty();
      if (gone) {
        break;
      }
      pause();
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL does not start in " + folder + ": " + lastLogLine() + hint());
  }

  void stop() throws IOException {
    List<String> command =
        List.of(
            binaries.program("pg_ctl").toString(),
            "stop",
            "-D",
            folder.toString(),
            "-m",
            "fast",
            "-w",
            "-t",
            Long.toString(START_SECONDS));
    if (await(launch(command)) != 0) {
      LOG.atWarn().addKeyValue("folder", folder).log("Embedded PostgreSQL did not stop in time");
    }
  }

  private Process launch(List<String> program) throws IOException {
    if (!Files.exists(log())) {
      Files.createFile(log());
      account.own(log());
    }
    ProcessBuilder builder =
        new ProcessBuilder(account.command(program))
            .directory(binaries.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return builder.start();
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while PostgreSQL worked", interrupted);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while PostgreSQL started", interrupted);
    }
  }

  private static int freePort() throws IOException {
    for (int attempt = 0; ; attempt++) {
      int candidate = LOWEST_PORT + RANDOM.nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (attempt == 100) {
          throw taken;
        }
      }
    }
  }

  private Path passwordFile() {
    return dataDir.resolve("postgres.password");
  }

  private Path log() {
    return dataDir.resolve("postgres.log");
  }

  private String lastLogLine() throws IOException {
    List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    return lines.stream()
        .filter(line -> line.contains("FATAL") || line.contains("error:"))
        .reduce((first, last) -> last)
        .orElseGet(() -> lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
  }

  private String hint() {
    return account.owner().isEmpty()
        ? " (see " + log() + ")"
        : ". Without user namespaces it runs as "
            + account.owner().get()
            + ", who must be able to reach the data directory: choose another"
            + " PHONEMOS_SCIM_DATA_DIR, or run as an ordinary user.";
  }
}
