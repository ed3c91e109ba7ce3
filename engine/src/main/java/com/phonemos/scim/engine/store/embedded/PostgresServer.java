package com.phonemos.scim.engine.store.embedded;

import com.phonemos.scim.engine.store.embedded.EmbeddedPostgres.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
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

  private final Path dataDir;
  private final PostgresCluster cluster;
  private final FileChannel users;
  private int port;

  private PostgresServer(Path dataDir, PostgresCluster cluster, FileChannel users) {
    this.dataDir = dataDir;
    this.cluster = cluster;
    this.users = users;
  }

  /** Adopts the server that runs, or starts one. */
  static PostgresServer join(Path dataDir, Durability durability) throws IOException {
    try (FileChannel door = open(dataDir.resolve("postgres.door"))) {
      door.lock();
      PostgresCluster cluster = cluster(dataDir);
      FileChannel users = open(dataDir.resolve("postgres.users"));
      PostgresServer server = new PostgresServer(dataDir, cluster, users);
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
    return cluster.uri(port);
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
        } else if (postmaster().filter(this::servesUs).isPresent()) {
          cluster.stop();
        }
      }
    }
  }

  private void run(Durability durability) throws IOException {
    Optional<Postmaster> found = postmaster();
    if (found.filter(this::servesUs).isPresent()) {
      port = found.get().port();
      cluster.awaitReady(port);
      LOG.atInfo()
          .addKeyValue("port", port)
          .addKeyValue("pid", found.get().pid())
          .log("Embedded PostgreSQL runs already; joined it");
      return;
    }
    if (found.isPresent() && ProcessHandle.of(found.get().pid()).isPresent()) {
      Postmaster.removeIfNobodyWorksIn(cluster.folder());
    }
    if (!cluster.exists()) {
      cluster.create(durability);
    }
    port = cluster.start(durability);
    LOG.atInfo()
        .addKeyValue("port", port)
        .addKeyValue("folder", cluster.folder())
        .log(
            found.isPresent()
                ? "Embedded PostgreSQL started after a crash"
                : "Embedded PostgreSQL started");
  }

  private Optional<Postmaster> postmaster() throws IOException {
    return Postmaster.read(cluster.folder());
  }

  private boolean servesUs(Postmaster found) {
    return found.serves(cluster.folder());
  }

  private static PostgresCluster cluster(Path dataDir) throws IOException {
    PostgresBinaries binaries = PostgresBinaries.unpackBelow(cache(dataDir));
    Optional<PostgresAccount> account = PostgresAccount.find(binaries);
    if (account.isEmpty()) {
      binaries = PostgresBinaries.unpackBelow(dataDir);
      account = PostgresAccount.find(binaries);
    }
    return new PostgresCluster(dataDir, binaries, account.orElseThrow(PostgresServer::noAccount));
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

  private static EmbeddedPostgresException noAccount() {
    return new EmbeddedPostgresException(
        "PostgreSQL refuses to run as root, and neither unshare, setpriv nor runuser can give root"
            + " up here: run as an ordinary user, or set PHONEMOS_SCIM_DATABASE_URL.");
  }
}
