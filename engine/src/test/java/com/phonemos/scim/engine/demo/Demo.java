package com.phonemos.scim.engine.demo;

import com.phonemos.scim.engine.demo.CompanyRun.Outcome;
import com.phonemos.scim.engine.fixture.Screen;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.okta.Okta;
import com.phonemos.scim.idp.okta.OktaOptions;
import com.phonemos.scim.idp.wire.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program behind {@code mvn -Pdemo}. */
public final class Demo {
  private static final int FAILED = 1;
  private static final int MEMBERSHIPS_PER_USER = 3;
  private static final String SECRET = "KEYCLOAK_SECRET";

  private final DemoOptions options;
  private final Screen screen;
  private final Stage stage;

  private Demo(DemoOptions options, Screen screen, Stage stage) {
    this.options = options;
    this.screen = screen;
    this.stage = stage;
  }

  /** Runs the demo; ends with 0 only if all three sides agree. */
  public static void main(String[] arguments) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%n");
    Screen screen = Screen.onStdout();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(screen), "end"));
    // Nobody would stop an orphan: Maven may have been killed.
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(FAILED)));
    System.exit(run(screen));
  }

  private static int run(Screen screen) {
    try {
      DemoOptions options = DemoOptions.read();
      screen.heading("Starting the engine (with its embedded PostgreSQL) and Keycloak");
      return new Demo(options, screen, Stage.set(options, screen)).run();
    } catch (IllegalArgumentException | IllegalStateException | IOException failure) {
      screen.line(String.valueOf(failure.getMessage()));
      return FAILED;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static void end(Screen screen) {
    screen.heading("Stopping the engine and Keycloak");
    Stage.clear();
    screen.line("  stopped");
  }

  private int run() throws IOException, InterruptedException {
    Tenant contoso = tenant("contoso");
    Tenant globex = tenant("globex");
    List<Outcome> outcomes = new ArrayList<>();
    try (CompanyRun run = entra(contoso)) {
      outcomes.add(run.run());
    }
    try (CompanyRun run = okta(globex)) {
      outcomes.add(run.run());
    }
    boolean agree = outcomes.stream().allMatch(outcome -> outcome.differences().isEmpty());
    screen.heading(agree ? "All three sides agree" : "The sides do not agree");
    screen.line(Table.of(outcomes));
    if (!options.exit()) {
      new Guide(stage, screen).show(List.of(contoso, globex));
      int status = stage.engine().await();
      screen.line("The engine ended with status " + status + "; see " + stage.engine().log());
      return FAILED;
    }
    return agree ? 0 : FAILED;
  }

  /**
   * A company's place in the engine.
   *
   * @param slug also the realm's name
   */
  record Tenant(String slug, TestRealm realm, String token) {}

  private Tenant tenant(String slug) throws IOException, InterruptedException {
    screen.heading("Tenant " + slug);
    TestRealm realm = stage.keycloak().createRealm(slug);
    command(
        Map.of(SECRET, TestRealm.CLIENT_SECRET),
        "tenant",
        "create",
        slug,
        "--keycloak-url",
        realm.url(),
        "--keycloak-realm",
        slug,
        "--keycloak-client-id",
        TestRealm.CLIENT_ID,
        "--keycloak-client-secret-env",
        SECRET);
    return new Tenant(slug, realm, command(Map.of(), "token", "issue", slug));
  }

  private String command(Map<String, String> secrets, String... arguments)
      throws IOException, InterruptedException {
    screen.line("  phonemos-scim " + String.join(" ", arguments));
    return stage.engine().run(secrets, arguments);
  }

  private CompanyRun entra(Tenant tenant) {
    CompanySpec spec = spec(1, tenant);
    Directory directory = new Directory(Company.generate(spec));
    Endpoint endpoint = Endpoint.of(stage.engine().scim("/_api/scim/v2"), tenant.token());
    Progress progress = screen.progress("Entra");
    return new CompanyRun(
        "Entra",
        spec,
        directory,
        endpoint,
        tenant.realm(),
        Entra.connect(endpoint, EntraOptions.defaults().withProgress(progress), directory),
        screen);
  }

  private CompanyRun okta(Tenant tenant) {
    CompanySpec spec = spec(2, tenant);
    Directory directory = new Directory(Company.generate(spec));
    Endpoint endpoint = Endpoint.of(stage.engine().scim("/scim/v2"), tenant.token());
    Progress progress = screen.progress("Okta");
    return new CompanyRun(
        "Okta",
        spec,
        directory,
        endpoint,
        tenant.realm(),
        Okta.connect(endpoint, OktaOptions.defaults().withProgress(progress), directory),
        screen);
  }

  private CompanySpec spec(long seed, Tenant tenant) {
    return new CompanySpec(
        seed, options.users(), options.groups(), MEMBERSHIPS_PER_USER, tenant.slug() + ".example");
  }
}
