package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.entra.EntraStatus;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code idp-sim entra}. */
@Command(
    name = "entra",
    description = "Provisions as Microsoft Entra ID does.",
    mixinStandardHelpOptions = true)
final class EntraCommand extends ProviderCommand {
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
  Provider connect(Endpoint endpoint, Directory directory, int parallel, Progress progress) {
    return new Job(
        Entra.connect(
            endpoint,
            EntraOptions.defaults()
                .withDialect(dialect)
                .withMapping(mapping)
                .withParallel(parallel)
                .withProgress(progress),
            directory));
  }

  private record Job(Entra entra) implements Provider {
    @Override
    public ScimClient client() {
      return entra.client();
    }

    @Override
    public Directory directory() {
      return entra.directory();
    }

    @Override
    public List<Supplier<CycleReport>> begin() {
      return List.of(entra::testConnection, entra::initialCycle);
    }

    @Override
    public CycleReport follow() {
      entra.directory().clock().advance(Entra.INTERVAL);
      return entra.incrementalCycle();
    }

    @Override
    public CycleReport heal() {
      entra.directory().clock().advance(Duration.ofDays(1));
      return entra.incrementalCycle();
    }

    @Override
    public boolean ailing() {
      EntraStatus status = entra.status();
      return status.escrow() > 0 || status.health() != EntraStatus.Health.RUNNING;
    }

    @Override
    public String belief() {
      return "Entra believes: " + entra.status();
    }

    @Override
    public Expectation expected() {
      return entra.expected();
    }

    @Override
    public void close() {
      entra.close();
    }
  }
}
