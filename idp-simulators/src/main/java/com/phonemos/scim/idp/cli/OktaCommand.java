package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.okta.Okta;
import com.phonemos.scim.idp.okta.OktaOptions;
import com.phonemos.scim.idp.okta.OktaOptions.AppType;
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

/** {@code idp-sim okta}. */
@Command(name = "okta", description = "Provisions as Okta does.", mixinStandardHelpOptions = true)
final class OktaCommand implements Callable<Integer> {
  private static final int HOURS = 8;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--app",
      defaultValue = "AIW",
      description =
          "AIW: made with the wizard, replaces [D K1, K2] [O A]; OIN: from the catalogue, patches"
              + " [D K1, K2] (default: ${DEFAULT-VALUE}).")
  private AppType appType = AppType.AIW;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Endpoint endpoint = run.endpoint();
    Run result = new Run(out);
    Directory directory = new Directory(Company.generate(run.company()));
    OktaOptions options =
        OktaOptions.defaults(appType)
            .withParallel(run.parallel())
            .withProgress(ProgressBar.onTerminal(out));
    try (Okta okta = Okta.connect(endpoint, options, directory)) {
      result.report(okta.testConnection());
      result.report(okta.importEverything());
      result.report(okta.assignAll());
      result.report(okta.pushGroups());
      if (run.scenario() == Scenario.DAY) {
        Day day = new Day(directory, run.company(), run.seed());
        for (int hour = 0; hour < HOURS; hour++) {
          day.hour(hour);
          result.report(okta.sync());
        }
      }
      result.line("Okta believes: " + okta.status());
      return result.end(endpoint, okta.expected(), run.verify());
    }
  }
}
