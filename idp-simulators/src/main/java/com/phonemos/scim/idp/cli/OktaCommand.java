package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.okta.Okta;
import com.phonemos.scim.idp.okta.OktaOptions;
import com.phonemos.scim.idp.okta.OktaShape;
import com.phonemos.scim.idp.okta.OktaShape.AppType;
import com.phonemos.scim.idp.okta.OktaShape.PushNow;
import com.phonemos.scim.idp.okta.OktaShape.UserLookup;
import com.phonemos.scim.idp.wire.Endpoint;
import java.util.function.UnaryOperator;
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

  @Option(
      names = "--batch",
      defaultValue = "100",
      paramLabel = "B",
      description =
          "OIN: membership changes in one PATCH, 100 to 1000 [D K8] (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--push-now",
      defaultValue = "WITH_PATH",
      description =
          "OIN: full pushes WITH_PATH [D K1] [O S13] or WITHOUT_PATH [O S14] (default:"
              + " ${DEFAULT-VALUE}).")
  private PushNow pushNow = PushNow.WITH_PATH;

  @Option(
      names = "--no-email-type",
      description = "Leave the type of e-mails out, as one capture does [O A].")
  private boolean noEmailType;

  @Option(names = "--job", description = "Map title and department too [O A].")
  private boolean job;

  @Option(
      names = "--member-display-null",
      description = "AIW: null for the display name of members [O S12].")
  private boolean memberDisplayNull;

  @Option(
      names = "--no-group-put-id",
      description = "AIW: leave the id out of replaced groups, as a documented sample does [D K1].")
  private boolean noGroupPutId;

  @Option(
      names = "--get-before-link-put",
      description = "AIW: read a user that a lookup found before it is linked [O B].")
  private boolean getBeforeLinkPut;

  @Option(
      names = "--lookup",
      defaultValue = "USER_NAME",
      description =
          "Users are looked up by USER_NAME [D K1], or by EMAIL where that is the unique identifier"
              + " field [I D K3] (default: ${DEFAULT-VALUE}).")
  private UserLookup.Identifier lookup = UserLookup.Identifier.USER_NAME;

  @Option(
      names = "--lookup-plus",
      description =
          "A plus sign for a space in lookups of users, as an older sample has it [D K7].")
  private boolean lookupPlus;

  @Option(
      names = "--import-groups",
      description =
          "Groups are imported, so that the test of the connection reads them [D K1-1.1].")
  private boolean importGroups;

  @Option(
      names = "--entitlements",
      description =
          "Discover roles and entitlements and give them to users who hold one of that name [D K6]"
              + " [I].")
  private boolean entitlements;

  @Override
  IdentityProvider connect(
      Endpoint endpoint, Directory directory, UnaryOperator<Execution> executed) {
    OktaShape shape =
        new OktaShape(
            appType,
            !noEmailType,
            memberDisplayNull,
            !noGroupPutId,
            getBeforeLinkPut,
            batch,
            pushNow,
            job,
            new UserLookup(lookup, lookupPlus));
    OktaOptions options =
        OktaOptions.defaults(appType)
            .withShape(shape)
            .withImportGroups(importGroups)
            .withEntitlements(entitlements);
    return Okta.connect(
        endpoint, options.withExecution(executed.apply(options.execution())), directory);
  }
}
