package com.phonemos.scim.conformance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.replay.Difference;
import com.phonemos.scim.conformance.replay.Replayer;
import com.phonemos.scim.conformance.replay.SessionReport;
import com.phonemos.scim.conformance.report.ConsoleReport;
import com.phonemos.scim.conformance.report.ReportFiles;
import com.phonemos.scim.conformance.report.RunReport;
import com.phonemos.scim.conformance.wire.Json;
import com.phonemos.scim.conformance.wire.ScimClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: a session against another server. */
@Command(
    name = "replay",
    description = "Plays a recorded session against a server and tells what is different.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the answers mean the same, but for what the baseline names",
      "1:an answer differs",
      "2:the command line is wrong",
      "3:a file cannot be read or written"
    })
final class ReplayCommand implements Callable<Integer> {
  /** How fast. */
  enum Speed {
    MAXIMAL,
    RECORDED
  }

  @Mixin private ReplayOptions options = new ReplayOptions();

  @Option(
      names = "--speed",
      defaultValue = "MAXIMAL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Speed speed = Speed.MAXIMAL;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "Known differences: a JSON array of {\"id\": \"17:/active\", \"reason\": \"…\"}.")
  private @Nullable Path baseline;

  @Option(
      names = "--from",
      defaultValue = "1",
      paramLabel = "N",
      description = "Compare from exchange N on; those before are played, so that N makes sense.")
  private int from;

  @Option(
      names = "--until",
      paramLabel = "N",
      description = "Stop after exchange N (default: the last).")
  private int until = Integer.MAX_VALUE;

  @Option(
      names = "--report-dir",
      paramLabel = "DIR",
      description = "Write report.html, report.json and junit.xml there.")
  private @Nullable Path reports;

  @Parameters(paramLabel = "SESSION", description = "An HTTP archive, whoever wrote it.")
  private Path session = Path.of("session.har");

  @Override
  public Integer call() throws IOException {
    SessionReport report = new SessionReport(String.valueOf(session.getFileName()), known());
    ProgressBar bar = ProgressBar.on(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    long size = Files.size(session);
    int[] read = {0};
    try (HarReader reader = HarReader.open(session)) {
      new Replayer(
              new ScimClient(options.server().endpoint(), options.server().timeout()),
              options.tokens(),
              options.comparison(),
              speed == Speed.RECORDED,
              (number, recorded, live, differences) -> {
                bar.advanced(reader.position(), size, "exchange " + number);
                report.add(number, recorded, live, number < from ? List.of() : differences);
              })
          .play(() -> read[0]++ >= until ? Optional.empty() : next(reader));
    }
    return tell(report);
  }

  private int tell(SessionReport report) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    RunReport data = report.report(options.server().endpoint().toString());
    new ConsoleReport(out, ProgressBar.terminal() ? Ansi.AUTO : Ansi.OFF, false).print(data);
    out.println(report.words());
    Optional<Difference> first = report.first();
    first.ifPresent(difference ->
        out.println(
            "First difference: "
                + difference.id()
                + ": recorded "
                + difference.recorded()
                + ", now "
                + difference.live()));
    Path folder = reports;
    if (folder != null) {
      ReportFiles.json(data, folder.resolve("report.json"));
      ReportFiles.html(data, folder.resolve("report.html"));
      ReportFiles.junit(data, folder.resolve("junit.xml"));
    }
    return report.differed() > 0 ? ExitCode.FOUND : ExitCode.OK;
  }

  private static Optional<HarEntry> next(HarReader reader) throws IOException {
    Optional<HarEntry> entry = reader.next();
    while (entry.isPresent() && !ReplayOptions.scim(entry.get())) {
      entry = reader.next();
    }
    return entry;
  }

  private Map<String, String> known() throws IOException {
    Map<String, String> known = new TreeMap<>();
    Path file = baseline;
    if (file != null) {
      JsonNode list =
          Json.read(Files.readString(file))
              .orElseThrow(() -> new IOException("Expected JSON in " + file));
      list.forEach(each -> known.put(each.path("id").asText(), each.path("reason").asText()));
    }
    return known;
  }
}
