package com.phonemos.scim.engine.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server says about itself in {@code postmaster.pid} of its data directory.
 *
 * @param port on 127.0.0.1
 * @param ready accepts connections; otherwise it still starts, recovers or stops
 */
record Postmaster(long pid, int port, boolean ready) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** Empty when there is no such file, or it is only half written. */
  static Optional<Postmaster> read(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file(cluster));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    if (lines.size() <= PORT_LINE || lines.get(PORT_LINE).isBlank()) {
      return Optional.empty();
    }
    boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    return Optional.of(
        new Postmaster(
            Long.parseLong(lines.get(0).strip()),
            Integer.parseInt(lines.get(PORT_LINE).strip()),
            ready));
  }

  static Path file(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  /** A process number is reused after a reboot: only a server of this data directory counts. */
  boolean serves(Path cluster) {
    return ProcessHandle.of(pid).filter(process -> worksIn(process, cluster)).isPresent();
  }

  /**
   * The file outlived its server, and its process number belongs to somebody else now. PostgreSQL
   * would refuse to start; but as long as any of its processes works in the data directory, it is
   * right to refuse.
   */
  static void removeIfNobodyWorksIn(Path cluster) throws IOException {
    if (ProcessHandle.allProcesses().noneMatch(process -> worksIn(process, cluster))) {
      Files.deleteIfExists(file(cluster));
    }
  }

  private static boolean worksIn(ProcessHandle process, Path cluster) {
    try {
      Path folder = Path.of("/proc", Long.toString(process.pid()), "cwd");
      return Files.isSameFile(folder, cluster);
    } catch (IOException notVisible) {
      return process.info().command().filter(command -> command.endsWith("/postgres")).isPresent();
    }
  }
}
