package com.phonemos.scim.engine.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Under which account PostgreSQL's programs run. They refuse to run as root, so root starts them
 * through a command that gives root up.
 *
 * @param prefix what goes before the program
 * @param owner who has to own the files that the programs write; absent: whoever runs the engine
 */
record PostgresAccount(List<String> prefix, Optional<String> owner) {
  private static final PostgresAccount OWN = new PostgresAccount(List.of(), Optional.empty());

  /**
   * A user namespace first: it also works where only root can reach the data directory. Containers
   * often forbid it; then an ordinary account does, as long as it can reach the data directory.
   */
  private static final List<PostgresAccount> INSTEAD_OF_ROOT =
      List.of(
          new PostgresAccount(List.of("unshare", "-U"), Optional.empty()),
          new PostgresAccount(
              List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"),
              Optional.of("nobody")),
          new PostgresAccount(List.of("runuser", "-u", "nobody", "--"), Optional.of("nobody")));

  private static final int PROBE_SECONDS = 20;

  /** The first account that can run a program from there. */
  static Optional<PostgresAccount> find(PostgresBinaries binaries) throws IOException {
    List<PostgresAccount> candidates = isRoot() ? INSTEAD_OF_ROOT : List.of(OWN);
    for (PostgresAccount candidate : candidates) {
      if (candidate.runs(binaries)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program);
    return command;
  }

  /** Makes a file or folder writable for the programs. */
  void own(Path file) throws IOException {
    if (owner.isPresent()) {
      Files.setOwner(
          file,
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner.get()));
    }
  }

  private boolean runs(PostgresBinaries binaries) {
    try {
      Process probe =
          new ProcessBuilder(command(List.of(binaries.program("postgres").toString(), "--version")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    if (Files.exists(self)) {
      return Integer.valueOf(0)
          .equals(Files.getAttribute(self, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }
    return "root".equals(System.getProperty("user.name"));
  }
}
