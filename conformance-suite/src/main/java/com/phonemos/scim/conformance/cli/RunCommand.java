package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.Catalogue;
import com.phonemos.scim.conformance.report.ConsoleReport;
import com.phonemos.scim.conformance.report.ReportFiles;
import com.phonemos.scim.conformance.report.RunReport;
import com.phonemos.scim.conformance.suite.Case;
import com.phonemos.scim.conformance.suite.CaseResult;
import com.phonemos.scim.conformance.suite.Runner;
import com.phonemos.scim.conformance.suite.Server;
import com.phonemos.scim.conformance.suite.Verdict;
import com.phonemos.scim.conformance.wire.ScimClient;
import com.phonemos.scim.conformance.wire.Unmet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: the cases against a server. */
@Command(
    name = "run",
    description = {
      "Runs conformance cases against a SCIM server.",
      "The tenant should be a test tenant: cases create and delete users and groups in it."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:no case failed; with --strict, none was non-strict either",
      "1:a case failed",
      "2:the command line is wrong",
      "3:the server does not answer, or a report cannot be written"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(names = "--dry-run", description = "List the cases and send nothing.")
  private boolean dryRun;

  @Option(names = "--strict", description = "Non-strict counts as failed.")
  private boolean strict;

  @Option(names = "--verbose", description = "Also print what passed or was skipped.")
  private boolean verbose;

  @Option(
      names = "--label",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Name and version of the server, for the reports.")
  private String label = "";

  @Option(
      names = "--report-dir",
      paramLabel = "DIR",
      description = "Write report.html, report.json and junit.xml there.")
  private @Nullable Path reports;

  @Option(
      names = "--exchanges",
      defaultValue = "ALL",
      description =
          "Whose requests and answers the reports hold: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private Exchanges exchanges = Exchanges.ALL;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes the names that the cases use; random by default.")
  private long seed = System.nanoTime();

  /** Whose exchanges a report holds. */
  enum Exchanges implements Predicate<Verdict> {
    ALL,
    PROBLEMS,
    NONE;

    @Override
    public boolean test(Verdict verdict) {
      return switch (this) {
        case ALL -> true;
        case PROBLEMS -> verdict instanceof Verdict.Fail || verdict instanceof Verdict.NonStrict;
        case NONE -> false;
      };
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Case> cases = selection.selection().from(Catalogue.cases());
    PrintWriter out = command().commandLine().getOut();
    PrintWriter err = command().commandLine().getErr();
    if (cases.isEmpty()) {
      throw new ParameterException(
          command().commandLine(), "Expected cases to run, but nothing is selected; see --dry-run");
    }
    if (dryRun) {
      cases.forEach(one -> out.printf("%-6s %s  %s%n", one.level(), one.id(), one.sent()));
      out.printf("%d cases%n", cases.size());
      return ExitCode.OK;
    }
    Instant startedAt = Instant.now();
    long started = System.nanoTime();
    Server discovered;
    try {
      discovered =
          Server.discover(
              new ScimClient(server.endpoint(), server.timeout()),
              server.token(),
              server.secondToken());
    } catch (Unmet unmet) {
      err.println("Expected a SCIM server at " + server.endpoint() + ", but " + unmet.actual());
      return ExitCode.UNREACHABLE;
    }
    ProgressBar bar = ProgressBar.on(err);
    AtomicInteger done = new AtomicInteger();
    List<CaseResult> results =
        new Runner(
                discovered,
                new Random(seed),
                result -> bar.advanced(done.incrementAndGet(), cases.size(), result.checked().id()))
            .run(cases);
    RunReport report =
        RunReport.of(
            discovered,
            label,
            startedAt,
            Duration.ofNanos(System.nanoTime() - started),
            results,
            exchanges);
    new ConsoleReport(out, ProgressBar.terminal() ? Ansi.AUTO : Ansi.OFF, verbose).print(report);
    write(report, out);
    boolean failed = report.count("fail") > 0 || (strict && report.count("non-strict") > 0);
    return failed ? ExitCode.FOUND : ExitCode.OK;
  }

  private void write(RunReport report, PrintWriter out) throws IOException {
    Path folder = reports;
    if (folder == null) {
      return;
    }
    ReportFiles.json(report, folder.resolve("report.json"));
    ReportFiles.html(report, folder.resolve("report.html"));
    ReportFiles.junit(report, folder.resolve("junit.xml"));
    out.println("Reports: " + folder.resolve("report.html").toAbsolutePath().toUri());
    out.flush();
  }

  private CommandSpec command() {
    CommandSpec given = spec;
    if (given == null) {
      throw new IllegalStateException("Expected to be run by picocli");
    }
    return given;
  }
}
