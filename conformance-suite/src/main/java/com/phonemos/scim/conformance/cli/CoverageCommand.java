package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.replay.Coverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code coverage}: what sessions touch. */
@Command(
    name = "coverage",
    description = "Counts the endpoints, clauses, filters and dialect quirks of sessions.",
    mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "SESSION", description = "HTTP archives.")
  private List<Path> sessions = List.of();

  @Override
  public Integer call() throws IOException {
    Coverage coverage = new Coverage();
    for (Path session : sessions) {
      try (HarReader reader = HarReader.open(session)) {
        for (Optional<HarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
          coverage.add(next.get());
        }
      }
    }
    coverage
        .counts()
        .forEach((kind, counts) -> {
          System.out.println(kind);
          counts.forEach((what, count) -> System.out.printf("  %,7d  %s%n", count, what));
        });
    return ExitCode.OK;
  }
}
