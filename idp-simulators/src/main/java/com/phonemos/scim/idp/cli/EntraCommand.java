package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.wire.Endpoint;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idp-sim entra}. */
@Command(
    name = "entra",
    description = "Provisions as Microsoft Entra ID does.",
    mixinStandardHelpOptions = true)
final class EntraCommand implements Callable<Integer> {
  private static final int HOURS = 8;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--dialect",
      defaultValue = "DEFAULT",
      description =
          "DEFAULT [D E2], or FLAG for ?aadOptscim062020 [D E2] (default: ${DEFAULT-VALUE}).")
  private Dialect dialect = Dialect.DEFAULT;

  @Option(
      names = "--mapping",
      defaultValue = "REDUCED",
      description =
          "REDUCED for the Phonemos guide's attributes, FULL for Entra's [D E1] (default:"
              + " ${DEFAULT-VALUE}).")
  private EntraOptions.Mapping mapping = EntraOptions.Mapping.REDUCED;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Endpoint endpoint = run.endpoint();
    Run result = new Run(out);
    Directory directory = new Directory(Company.generate(run.company()));
    EntraOptions options =
        EntraOptions.defaults()
            .withDialect(dialect)
            .withMapping(mapping)
            .withParallel(run.parallel())
            .withProgress(ProgressBar.onTerminal(out));
    try (Entra entra = Entra.connect(endpoint, options, directory)) {
      result.report(entra.testConnection());
      result.report(entra.initialCycle());
      if (run.scenario() == Scenario.DAY) {
        Day day = new Day(directory, run.company(), run.seed());
        for (int hour = 0; hour < HOURS; hour++) {
          day.hour(hour);
          directory.clock().advance(Entra.INTERVAL);
          result.report(entra.incrementalCycle());
        }
      }
      result.line("Entra believes: " + entra.status());
      return result.end(endpoint, entra.expected(), run.verify());
    }
  }
}
