package com.phonemos.scim.engine.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A PostgreSQL server that needs no installation. Its data survives restarts, power cuts and {@code
 * kill -9} of the process that started it.
 *
 * <p>Any number of processes may use one data directory at a time: the first starts the server, the
 * last one to {@linkplain #close() close} stops it, and whoever finds a server that was left behind
 * adopts it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** What an acknowledged commit is worth. */
  public enum Durability {
    /** It survives everything that the disk survives. */
    DURABLE,
    /** It may be lost when the machine stops: for tests. */
    FORGETFUL
  }

  /** File locks belong to the whole JVM, so its users of one data directory share one entry. */
  private static final Map<Path, Shared> IN_THIS_JVM = new HashMap<>();

  private static final class Shared {
    final PostgresServer server;
    int users;

    Shared(PostgresServer server) {
      this.server = server;
    }
  }

  private final Path dataDir;
  private final String uri;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(Path dataDir, String uri) {
    this.dataDir = dataDir;
    this.uri = uri;
  }

  /**
   * Starts a durable server, or joins the one that runs already. Blocks until it accepts
   * connections: 0.3 s usually, 3 s the first time ever.
   *
   * @param dataDir is created when absent
   * @throws EmbeddedPostgresException when it cannot run here
   */
  public static EmbeddedPostgres start(Path dataDir) {
    return start(dataDir, Durability.DURABLE);
  }

  /** As {@link #start(Path)}; the durability holds for a server that is started by this call. */
  public static EmbeddedPostgres start(Path dataDir, Durability durability) {
    synchronized (IN_THIS_JVM) {
      try {
        Path folder = Files.createDirectories(dataDir).toRealPath();
        Shared shared = IN_THIS_JVM.get(folder);
        if (shared == null) {
          shared = new Shared(PostgresServer.join(folder, durability));
          IN_THIS_JVM.put(folder, shared);
        }
        shared.users++;
        return new EmbeddedPostgres(folder, shared.server.uri());
      } catch (IOException failure) {
        throw new EmbeddedPostgresException(
            "The embedded PostgreSQL cannot use the data directory " + dataDir + ": " + failure,
            failure);
      }
    }
  }

  /** {@code postgresql://user:password@127.0.0.1:port/database}: a secret. */
  public String uri() {
    return uri;
  }

  /**
   * Stops the server, unless another process uses it. Blocks until all is on disk. Closing twice
   * does nothing.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    synchronized (IN_THIS_JVM) {
      Shared shared = IN_THIS_JVM.get(dataDir);
      if (shared != null && --shared.users == 0) {
        IN_THIS_JVM.remove(dataDir);
        try {
          shared.server.leave();
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    }
  }
}
