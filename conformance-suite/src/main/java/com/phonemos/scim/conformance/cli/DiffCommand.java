package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.replay.Difference;
import com.phonemos.scim.conformance.replay.SessionDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: what changed between two recordings of one session. */
@Command(
    name = "diff",
    description = "Tells what changed between two recordings of the same traffic.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:they mean the same",
      "1:they differ",
      "2:the command line is wrong",
      "3:a file cannot be read"
    })
final class DiffCommand implements Callable<Integer> {
  @Option(
      names = "--ignore",
      paramLabel = "PLACE",
      description = "Do not compare: a JSON pointer such as /meta, or \"header ETag\".")
  private List<String> ignored = List.of();

  @Parameters(index = "0", paramLabel = "BEFORE")
  private Path before = Path.of("a.har");

  @Parameters(index = "1", paramLabel = "AFTER")
  private Path after = Path.of("b.har");

  @Override
  public Integer call() throws IOException {
    long found = 0;
    SessionDiff diff = new SessionDiff(ignored);
    try (HarReader one = HarReader.open(before);
        HarReader other = HarReader.open(after)) {
      Optional<HarEntry> left = one.next();
      Optional<HarEntry> right = other.next();
      for (int number = 1; left.isPresent() || right.isPresent(); number++) {
        if (left.isEmpty() || right.isEmpty()) {
          System.out.println(number + ": only in " + (left.isPresent() ? before : after));
          return ExitCode.FOUND;
        }
        for (Difference each : diff.differences(number, left.get(), right.get())) {
          System.out.println(
              each.id()
                  + " ("
                  + left.get().method()
                  + "): "
                  + each.recorded()
                  + " -> "
                  + each.live());
          found++;
        }
        left = one.next();
        right = other.next();
      }
    }
    System.out.println(found == 0 ? "They mean the same" : found + " differences");
    return found == 0 ? ExitCode.OK : ExitCode.FOUND;
  }
}
