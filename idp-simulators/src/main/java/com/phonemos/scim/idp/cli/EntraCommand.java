package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.entra.EntraRules;
import com.phonemos.scim.idp.entra.EntraScope;
import com.phonemos.scim.idp.entra.EntraScope.AppRoles;
import com.phonemos.scim.idp.entra.EntraScope.Mapping;
import com.phonemos.scim.idp.entra.EntraScope.Matching;
import com.phonemos.scim.idp.entra.EntraShape;
import com.phonemos.scim.idp.entra.EntraShape.Application;
import com.phonemos.scim.idp.entra.EntraShape.BooleanStyle;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.entra.EntraShape.Edition;
import com.phonemos.scim.idp.entra.EntraShape.KeyOrder;
import com.phonemos.scim.idp.entra.EntraShape.Managers;
import com.phonemos.scim.idp.entra.EntraShape.Members;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ArgGroup;
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
  private Mapping mapping = Mapping.REDUCED;

  @Option(
      names = "--matching",
      defaultValue = "USER_NAME",
      split = ",",
      paramLabel = "ATTRIBUTE",
      description =
          "Users are found by USER_NAME [D E1], EXTERNAL_ID [D E1] [R C8] or WORK_EMAIL [D E1]; by"
              + " several one after the other, such as EXTERNAL_ID,USER_NAME [D E8] (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Matching> matching = List.of(Matching.USER_NAME);

  @Option(
      names = "--app-roles",
      defaultValue = "NONE",
      description =
          "Roles of the application are mapped as SINGLE, COMPLEX or ASSERTIVE [D E6], or NONE"
              + " (default: ${DEFAULT-VALUE}).")
  private AppRoles appRoles = AppRoles.NONE;

  @Option(
      names = "--application",
      defaultValue = "CUSTOM",
      description =
          "CUSTOM [D E1], or one of the GALLERY that discovers its attributes [D E1] [O E11, C10]"
              + " (default: ${DEFAULT-VALUE}).")
  private Application application = Application.CUSTOM;

  @Option(
      names = "--custom-attribute",
      paramLabel = "URN",
      description =
          "Map the employee number to this attribute of an extension too, such as"
              + " urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:CustomAttribute"
              + " [D E6].")
  private Optional<String> custom = Optional.empty();

  @Option(
      names = "--no-active",
      description =
          "Leave active out of the mapping: who loses access is deleted, not switched off [D E3].")
  private boolean noActive;

  @ArgGroup(exclusive = false, heading = "%nThe shape of requests:%n")
  private Shape shape = new Shape();

  @ArgGroup(exclusive = false, heading = "%nThe rules of the job:%n")
  private Rules rules = new Rules();

  /** Where captures differ. */
  static final class Shape {
    @Option(
        names = "--key-order",
        description =
            "Members of a PATCH: AS_CAPTURED [O C1, C3, C6], OPERATIONS_FIRST or SCHEMAS_FIRST"
                + " (default: AS_CAPTURED).")
    private KeyOrder keyOrder = KeyOrder.AS_CAPTURED;

    @Option(
        names = "--booleans",
        description =
            "Default dialect: CAPITAL_TEXT [D E2] [O S3], LOWER_TEXT [O C5] or JSON [D E1]"
                + " (default: CAPITAL_TEXT).")
    private BooleanStyle booleans = BooleanStyle.CAPITAL_TEXT;

    @Option(
        names = "--edition",
        description =
            "Samples of Microsoft's document: CURRENT, or OLDER [D E1] with nulls in creations and"
                + " a look at each reference before it is written (default: CURRENT).")
    private Edition edition = Edition.CURRENT;

    @Option(
        names = "--no-enterprise-urn",
        description = "Creations name the enterprise schema only when they use it [I].")
    private boolean noEnterpriseUrn;

    @Option(
        names = "--dollar-ref",
        description =
            "A null $ref in members: ON_ADD [D E1, E2], ALWAYS [D E1] or NEVER [R S2, C28]"
                + " (default: ON_ADD).")
    private Members.DollarRef dollarRef = Members.DollarRef.ON_ADD;

    @Option(
        names = "--flag-member-add",
        description = "Flag dialect: REPLACE [O C11] or ADD [O E11] (default: REPLACE).")
    private Members.FlagAdd flagAdd = Members.FlagAdd.REPLACE;

    @Option(
        names = "--members-per-patch",
        paramLabel = "N",
        description =
            "One for custom applications [R C9], more for the gallery's [I] (default: 1).")
    private int membersPerPatch = 1;

    @Option(
        names = "--flag-manager",
        description = "Flag dialect: TEXT [O S8] or OBJECT [O E11] (default: TEXT).")
    private Managers.FlagValue flagManager = Managers.FlagValue.TEXT;

    @Option(
        names = "--manager-removal",
        description =
            "EMPTY_TEXT [D E10], EMPTY_OBJECT [O E11] or FILTERED [O S9] (default: EMPTY_TEXT).")
    private Managers.Removal managerRemoval = Managers.Removal.EMPTY_TEXT;

    private EntraShape of(Dialect dialect, Application application) {
      return new EntraShape(
          dialect,
          keyOrder,
          booleans,
          edition,
          !noEnterpriseUrn,
          new Members(dollarRef, flagAdd, membersPerPatch),
          new Managers(flagManager, managerRemoval),
          application);
    }
  }

  /** What an administrator decides, or is not known. */
  static final class Rules {
    @Option(
        names = "--member-concurrency",
        paramLabel = "N",
        description =
            "Requests for one group at the same time [R C13, C14]; the number is [I] (default: 4).")
    private int memberConcurrency = 4;

    @Option(
        names = "--throttled",
        description =
            "After a 429: HONOUR_RETRY_AFTER [R Q5] or ESCROW [R Q4] (default:"
                + " HONOUR_RETRY_AFTER).")
    private EntraRules.Throttled throttled = EntraRules.Throttled.HONOUR_RETRY_AFTER;

    @Option(
        names = "--deletion-threshold",
        paramLabel = "N",
        description =
            "People who may lose access in one cycle before it waits for an administrator [D E3]"
                + " (default: no limit).")
    private int deletionThreshold = Integer.MAX_VALUE;

    @Option(
        names = "--skip-out-of-scope-deletions",
        description = "Send nothing about people who lose access [D E3].")
    private boolean skipOutOfScopeDeletions;

    @Option(
        names = "--keep-alive",
        description =
            "The probe is repeated [R S2] WHEN_IDLE [I], EVERY_CYCLE [I] or NEVER (default:"
                + " WHEN_IDLE).")
    private EntraRules.KeepAlive keepAlive = EntraRules.KeepAlive.WHEN_IDLE;

    @Option(
        names = "--flag-on-the-wire",
        description = "Send the query of the endpoint's URL; whether Entra does is not known [I].")
    private boolean flagOnTheWire;

    private EntraRules get() {
      return new EntraRules(
          memberConcurrency,
          throttled,
          deletionThreshold,
          skipOutOfScopeDeletions,
          keepAlive,
          flagOnTheWire);
    }
  }

  @Override
  IdentityProvider connect(
      Endpoint endpoint, Directory directory, UnaryOperator<Execution> executed) {
    EntraOptions options =
        EntraOptions.defaults()
            .with(shape.of(dialect, application))
            .with(
                new EntraScope(
                    mapping, matching, true, !noActive, custom.map(AttributePath::new), appRoles))
            .with(rules.get());
    return Entra.connect(endpoint, options.with(executed.apply(options.execution())), directory);
  }
}
