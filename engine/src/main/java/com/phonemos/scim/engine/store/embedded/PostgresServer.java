package com.phonemos.scim.engine.store.embedded;

import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres.Durability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * This process's share in the server of a data directory.
 *
 * <p>Two lock files make several processes agree, and the operating system gives them back when a
 * process dies: {@code postgres.users} is held shared by everyone who uses the server, {@code
 * postgres.door} exclusively while somebody starts or stops it.
 */
final class PostgresServer {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

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
  private final Path cluster;
  private final PostgresBinaries binaries;
  private final PostgresAccount account;
  private final FileChannel users;
  private int port;

  private PostgresServer(
      Path dataDir, PostgresBinaries binaries, PostgresAccount account, FileChannel users) {
    this.dataDir = dataDir;
    this.cluster = dataDir.resolve("postgres");
    this.binaries = binaries;
    this.account = account;
    this.users = users;
  }

  /** Adopts the server that runs, or starts one. */
  static PostgresServer join(Path dataDir, Durability durability) throws IOException {
    try (FileChannel door = open(dataDir.resolve("postgres.door"))) {
      door.lock();
      PostgresBinaries binaries = PostgresBinaries.unpackBelow(cache(dataDir));
      Optional<PostgresAccount> account = PostgresAccount.find(binaries);
      if (account.isEmpty()) {
        binaries = PostgresBinaries.unpackBelow(dataDir);
        account = PostgresAccount.find(binaries);
      }
      FileChannel users = open(dataDir.resolve("postgres.users"));
      PostgresServer server =
          new PostgresServer(
              dataDir, binaries, account.orElseThrow(PostgresServer::noAccount), users);
      try {
        server.run(durability);
        users.lock(0, Long.MAX_VALUE, true);
        return server;
      } catch (IOException | RuntimeException failure) {
        users.close();
        throw failure;
      }
    }
  }

  String uri() throws IOException {
    return "postgresql://"
        + USER
        + ":"
        + Files.readString(passwordFile()).strip()
        + "@127.0.0.1:"
        + port
        + "/"
        + DATABASE;
  }

  /** Stops the server if nobody else uses it. */
  void leave() throws IOException {
    try (FileChannel door = open(dataDir.resolve("postgres.door"))) {
      door.lock();
      users.close();
      try (FileChannel all = open(dataDir.resolve("postgres.users"));
          FileLock alone = all.tryLock()) {
        if (alone == null) {
          LOG.atInfo().log("Another process uses the embedded PostgreSQL; it keeps running");
        } else if (Postmaster.read(cluster).filter(found -> found.serves(cluster)).isPresent()) {
          control(List.of("stop", "-m", "fast", "-w", "-t", Long.toString(START_SECONDS)));
        }
      }
    }
  }

  private void run(Durability durability) throws IOException {
    Optional<Postmaster> found = Postmaster.read(cluster);
    if (found.isPresent() && found.get().serves(cluster)) {
      port = found.get().port();
      awaitReady(Optional.empty());
      LOG.atInfo()
          .addKeyValue("port", port)
          .addKeyValue("pid", found.get().pid())
          .log("Embedded PostgreSQL runs already; joined it");
      return;
    }
    if (found.isPresent() && ProcessHandle.of(found.get().pid()).isPresent()) {
      Postmaster.removeIfNobodyWorksIn(cluster);
    }
    if (!Files.exists(cluster.resolve("PG_VERSION"))) {
      createCluster(durability);
    }
    start(durability);
    LOG.atInfo()
        .addKeyValue("port", port)
        .addKeyValue("folder", cluster)
        .log(
            found.isPresent()
                ? "Embedded PostgreSQL started after a crash"
                : "Embedded PostgreSQL started");
  }

  private void createCluster(Durability durability) throws IOException {
    LOG.atInfo().addKeyValue("folder", cluster).log("Creating the embedded database");
    Path password = passwordFile();
    Files.deleteIfExists(password);
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] random = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(random);
    Files.writeString(password, HexFormat.of().formatHex(random));
    account.own(password);
    Files.createDirectories(cluster);
    account.own(cluster);
    List<String> initdb =
        new ArrayList<>(
            List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + cluster,
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
          "PostgreSQL cannot create its files in " + cluster + ": " + lastLogLine() + hint());
    }
  }

  /** Another program may take the port between our look and the server's bind: hence attempts. */
  private void start(Durability durability) throws IOException {
    for (int attempt = 1; ; attempt++) {
      port = freePort();
      Process control = launch(startCommand(durability));
      try {
        awaitReady(Optional.of(control));
        return;
      } catch (EmbeddedPostgresException failure) {
        if (attempt == PORT_ATTEMPTS || control.isAlive()) {
          throw failure;
        }
      }
    }
  }

  private List<String> startCommand(Durability durability) {
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
        cluster.toString(),
        "-w",
        "-t",
        Long.toString(START_SECONDS),
        "-l",
        log().toString(),
        "-o",
        options);
  }

  /** Quicker than {@code pg_ctl}, which looks every 100 ms. */
  private void awaitReady(Optional<Process> control) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<Postmaster> found = Postmaster.read(cluster);
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
        "PostgreSQL does not start in " + cluster + ": " + lastLogLine() + hint());
  }

  private void control(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("pg_ctl").toString());
    command.addAll(arguments);
    command.addAll(List.of("-D", cluster.toString()));
    if (await(launch(command)) != 0) {
      LOG.atWarn().addKeyValue("folder", cluster).log("Embedded PostgreSQL did not stop in time");
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

  /** The user's cache, or the data directory of an account without a home. */
  private static Path cache(Path dataDir) {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path home = xdg == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    Path cache = home.resolve("phonemos-scim");
    try {
      Files.createDirectories(cache);
      return Files.isWritable(cache) ? cache : dataDir;
    } catch (IOException readOnly) {
      return dataDir;
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(
        lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
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

  private static EmbeddedPostgresException noAccount() {
    return new EmbeddedPostgresException(
        "PostgreSQL refuses to run as root, and neither unshare, setpriv nor runuser can give root"
            + " up here: run as an ordinary user, or set PHONEMOS_SCIM_DATABASE_URL.");
  }
}
