package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.direct.Dialect;
import com.phonemos.scim.idp.direct.DirectOptions;
import com.phonemos.scim.idp.direct.DirectProvider;
import com.phonemos.scim.idp.direct.GenericRfc;
import com.phonemos.scim.idp.direct.JumpCloud;
import com.phonemos.scim.idp.direct.OneLogin;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of identity providers that send every change by itself. */
abstract class DirectCommand extends ProviderCommand {
  abstract Dialect dialect();

  @Override
  final Provider connect(Endpoint endpoint, Directory directory, int parallel, Progress progress) {
    DirectOptions options = new DirectOptions(parallel, Duration.ofSeconds(60), progress);
    return new Application(DirectProvider.connect(endpoint, dialect(), options, directory));
  }

  /** {@code idp-sim onelogin}. */
  @Command(
      name = "onelogin",
      description = "Provisions as OneLogin does, as far as one capture shows [O C22].",
      mixinStandardHelpOptions = true)
  static final class OneLoginCommand extends DirectCommand {
    @Option(
        names = "--template",
        defaultValue = "ENTERPRISE_DEFAULT",
        description =
            "ENTERPRISE_DEFAULT [O C22] with its odd schema URNs, or STANDARD [R F7] (default:"
                + " ${DEFAULT-VALUE}).")
    private OneLogin.Template template = OneLogin.Template.ENTERPRISE_DEFAULT;

    @Option(
        names = "--deprovision",
        defaultValue = "SUSPEND",
        description = "SUSPEND, DELETE or NOTHING [M] (default: ${DEFAULT-VALUE}).")
    private Dialect.Departure departure = Dialect.Departure.SUSPEND;

    @Override
    Dialect dialect() {
      return new OneLogin(template, departure);
    }
  }

  /** {@code idp-sim jumpcloud}. */
  @Command(
      name = "jumpcloud",
      description = "Provisions as JumpCloud does, as far as reports go [R J2, J3].",
      mixinStandardHelpOptions = true)
  static final class JumpCloudCommand extends DirectCommand {
    @Option(
        names = "--update",
        defaultValue = "PATCH",
        description = "PATCH [R J2], or PUT [M] (default: ${DEFAULT-VALUE}).")
    private JumpCloud.Update update = JumpCloud.Update.PATCH;

    @Override
    Dialect dialect() {
      return new JumpCloud(update, JumpCloud.defaults().testEmail());
    }
  }

  /** {@code idp-sim generic}. */
  @Command(
      name = "generic",
      description = "Provisions as RFC 7644 has it.",
      mixinStandardHelpOptions = true)
  static final class GenericCommand extends DirectCommand {
    @Override
    Dialect dialect() {
      return new GenericRfc();
    }
  }

  private record Application(DirectProvider provider) implements Provider {
    @Override
    public ScimClient client() {
      return provider.client();
    }

    @Override
    public Directory directory() {
      return provider.directory();
    }

    @Override
    public List<Supplier<CycleReport>> begin() {
      return List.of(provider::testConnection, provider::sync);
    }

    @Override
    public CycleReport follow() {
      return provider.sync();
    }

    @Override
    public CycleReport heal() {
      provider.directory().clock().advance(Duration.ofDays(1));
      return provider.retryFailed();
    }

    @Override
    public boolean ailing() {
      return provider.failedTasks() > 0;
    }

    @Override
    public String belief() {
      return provider.belief();
    }

    @Override
    public Expectation expected() {
      return provider.expected();
    }

    @Override
    public void close() {
      provider.close();
    }
  }
}
