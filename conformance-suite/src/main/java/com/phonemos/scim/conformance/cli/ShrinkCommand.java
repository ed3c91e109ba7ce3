package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.replay.Difference;
import com.phonemos.scim.conformance.replay.Replayer;
import com.phonemos.scim.conformance.replay.Shrinker;
import com.phonemos.scim.conformance.wire.ScimClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shrink}: the smallest session that still shows a difference. */
@Command(
    name = "shrink",
    description = {
      "Finds the smallest part of a session that still shows a difference, and writes it.",
      "Each try needs a fresh tenant: --fresh is a command that prints a token of one."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:a smaller session was written",
      "1:the session does not show the difference",
      "2:the command line is wrong",
      "3:a file cannot be read or written, or the command failed"
    })
final class ShrinkCommand implements Callable<Integer> {
  @Mixin private ReplayOptions options = new ReplayOptions();

  @Option(
      names = "--fresh",
      paramLabel = "COMMAND",
      description = "Prints the token of a fresh tenant (default: --token is used for every try).")
  private @Nullable String fresh;

  @Option(
      names = "--difference",
      paramLabel = "ID",
      description = "As replay names it, such as 17:/active (default: the first).")
  private @Nullable String wanted;

  @Option(
      names = {"-o", "--out"},
      defaultValue = "shrunk.har",
      paramLabel = "FILE",
      description = "The archive to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("shrunk.har");

  @Parameters(paramLabel = "SESSION", description = "An HTTP archive that shows a difference.")
  private Path session = Path.of("session.har");

  @Override
  public Integer call() throws IOException {
    List<HarEntry> all = HarReader.all(session).stream().filter(ReplayOptions::scim).toList();
    String id = wanted;
    List<Difference> found = differences(all);
    Optional<Difference> chosen =
        found.stream().filter(each -> id == null || each.id().equals(id)).findFirst();
    if (chosen.isEmpty()) {
      System.err.println("Expected a difference to shrink to, but the session shows none");
      return ExitCode.FOUND;
    }
    Difference target = chosen.get();
    int[] tries = {0};
    List<HarEntry> small =
        new Shrinker(
                candidate -> {
                  tries[0]++;
                  return differences(candidate);
                })
            .shrink(all, found, target);
    try (HarWriter writer = new HarWriter(out)) {
      for (HarEntry entry : small) {
        writer.write(entry);
      }
    }
    System.out.println(
        small.size()
            + " of "
            + all.size()
            + " exchanges show "
            + target.place()
            + ": recorded "
            + target.recorded()
            + ", now "
            + target.live()
            + " ("
            + tries[0]
            + " tries)");
    System.out.println(
        "Written to " + out + "; put it among the sessions to keep it from coming back");
    return ExitCode.OK;
  }

  private List<Difference> differences(List<HarEntry> entries) throws IOException {
    List<Difference> all = new ArrayList<>();
    new Replayer(
            new ScimClient(options.server().endpoint(), options.server().timeout()),
            tokens(),
            options.comparison(),
            false,
            (number, recorded, live, differences) -> all.addAll(differences))
        .play(Replayer.Source.of(entries));
    return all;
  }

  private Function<String, String> tokens() throws IOException {
    String command = fresh;
    if (command == null) {
      return options.tokens();
    }
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String token =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (token.isEmpty()) {
      throw new IOException("Expected --fresh to print a token, but it printed nothing");
    }
    return recorded -> token;
  }
}
