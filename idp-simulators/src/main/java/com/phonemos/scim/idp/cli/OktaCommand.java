package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.okta.Okta;
import com.phonemos.scim.idp.okta.OktaOptions;
import com.phonemos.scim.idp.okta.OktaOptions.AppType;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code idp-sim okta}. */
@Command(name = "okta", description = "Provisions as Okta does.", mixinStandardHelpOptions = true)
final class OktaCommand extends ProviderCommand {
  @Option(
      names = "--app",
      defaultValue = "AIW",
      description =
          "AIW: made with the wizard, replaces [D K1, K2] [O A]; OIN: from the catalogue, patches"
              + " [D K1, K2] (default: ${DEFAULT-VALUE}).")
  private AppType appType = AppType.AIW;

  @Override
  Provider connect(Endpoint endpoint, Directory directory, int parallel, Progress progress) {
    return new Application(
        Okta.connect(
            endpoint,
            OktaOptions.defaults(appType).withParallel(parallel).withProgress(progress),
            directory));
  }

  private record Application(Okta okta) implements Provider {
    @Override
    public ScimClient client() {
      return okta.client();
    }

    @Override
    public Directory directory() {
      return okta.directory();
    }

    @Override
    public List<Supplier<CycleReport>> begin() {
      return List.of(
          okta::testConnection, okta::importEverything, okta::assignAll, okta::pushGroups);
    }

    @Override
    public CycleReport follow() {
      return okta.sync();
    }

    /** An administrator looks at the tasks once a day. */
    @Override
    public CycleReport heal() {
      okta.directory().clock().advance(Duration.ofDays(1));
      return okta.retryFailedTasks();
    }

    @Override
    public boolean ailing() {
      return okta.status().failedTasks() > 0;
    }

    @Override
    public String belief() {
      return "Okta believes: " + okta.status();
    }

    @Override
    public Expectation expected() {
      return okta.expected();
    }

    @Override
    public void close() {
      okta.close();
    }
  }
}
