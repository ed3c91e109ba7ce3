package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.direct.Dialect;
import com.phonemos.scim.idp.direct.DirectProvider;
import com.phonemos.scim.idp.direct.JumpCloud;
import com.phonemos.scim.idp.direct.OneLogin;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.wire.Endpoint;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of identity providers that send every change by itself, in a dialect. */
abstract class DirectCommand extends ProviderCommand {
  abstract Dialect dialect();

  @Override
  final IdentityProvider connect(
      Endpoint endpoint, Directory directory, UnaryOperator<Execution> executed) {
    Execution execution = executed.apply(DirectProvider.execution());
    return DirectProvider.connect(endpoint, dialect(), execution, directory);
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

    @Option(
        names = "--media-type",
        defaultValue = "SCIM",
        description =
            "Bodies are application/scim+json: SCIM, or application/json: JSON [O C22] (default:"
                + " ${DEFAULT-VALUE}).")
    private OneLogin.MediaType mediaType = OneLogin.MediaType.SCIM;

    @Override
    Dialect dialect() {
      return new OneLogin(template, departure, mediaType);
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
}
