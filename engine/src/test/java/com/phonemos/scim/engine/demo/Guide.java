package com.phonemos.scim.engine.demo;

import com.phonemos.scim.engine.demo.Demo.Tenant;
import com.phonemos.scim.engine.fixture.Screen;
import java.util.List;
import java.util.Locale;

/** What to look at while the demo serves. */
final class Guide {
  private final Stage stage;
  private final Screen screen;

  Guide(Stage stage, Screen screen) {
    this.stage = stage;
    this.screen = screen;
  }

  void show(List<Tenant> tenants) {
    String keycloak = stage.keycloak().url();
    screen.heading("Look around");
    screen.line(
        "  Keycloak  "
            + keycloak
            + "/admin/  user %s, password %s"
                .formatted(stage.keycloak().adminName(), stage.keycloak().adminPassword()));
    for (Tenant tenant : tenants) {
      screen.line(
          "            " + keycloak + "/admin/master/console/#/" + tenant.slug() + "/users");
    }
    screen.line("  SCIM      " + stage.engine().scim("/scim/v2"));
    screen.line("  Metrics   " + stage.engine().ops("/metrics") + "  (also /readyz, /livez)");
    screen.line("  Log       " + stage.engine().log());
    screen.line("");
    for (Tenant tenant : tenants) {
      screen.line("export " + variable(tenant) + "=" + tenant.token());
    }
    String token = "-H \"Authorization: Bearer $" + variable(tenants.getFirst()) + "\"";
    String users = stage.engine().scim("/scim/v2/Users").toString();
    screen.line("curl -s " + token + " '" + users + "?count=3'");
    screen.line(
        "curl -s "
            + token
            + " -G "
            + users
            + " --data-urlencode 'filter=active eq false' -d attributes=userName,active");
    screen.line(
        "curl -s "
            + token
            + " -G "
            + stage.engine().scim("/scim/v2/Groups")
            + " --data-urlencode 'filter=displayName co \"Sales\"' -d excludedAttributes=members");
    screen.line("curl -s " + stage.engine().ops("/readyz"));
    screen.line("curl -s " + stage.engine().ops("/metrics") + " | grep ^scim_");
    screen.line("");
    screen.line("Ctrl-C stops everything.");
  }

  private static String variable(Tenant tenant) {
    return tenant.slug().toUpperCase(Locale.ROOT) + "_TOKEN";
  }
}
