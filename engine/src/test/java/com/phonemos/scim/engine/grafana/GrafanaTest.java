package com.phonemos.scim.engine.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be told of dashboards, rules and runbooks without a Prometheus. */
class GrafanaTest {
  private static final Set<String> SERVED = ServedMetrics.names();

  static List<GrafanaFolder.Panel> panels() {
    return GrafanaFolder.panels();
  }

  static Set<String> alerts() {
    return GrafanaFolder.alerts();
  }

  static List<Path> dashboards() {
    return GrafanaFolder.files("dashboards", ".json");
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelAsksOnlyForMetricsThatAreServed(GrafanaFolder.Panel panel) {
    assertThat(GrafanaFolder.metrics(String.join("\n", panel.expressions()))).isSubsetOf(SERVED);
  }

  @Test
  void rulesAskOnlyForMetricsThatAreServed() {
    String rules =
        GrafanaFolder.alertRules()
            + GrafanaFolder.text(GrafanaFolder.path("rules").resolve("recording.yaml"));
    assertThat(GrafanaFolder.metrics(rules)).isSubsetOf(SERVED);
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelSaysWhatItShowsAndInWhichUnit(GrafanaFolder.Panel panel) {
    assertThat(panel.title()).isNotBlank();
    assertThat(panel.json().path("description").asText()).isNotBlank().hasSizeLessThan(200);
    assertThat(panel.json().at("/fieldConfig/defaults/unit").asText()).isNotBlank();
    assertThat(panel.json().at("/datasource/uid").asText()).isEqualTo("${datasource}");
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelLooksAtTheChosenEnginesAlone(GrafanaFolder.Panel panel) {
    assertThat(panel.expressions())
        .filteredOn(expression -> !expression.contains("ALERTS{"))
        .allSatisfy(expression -> assertThat(expression).contains("job=\"$job\""));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDashboardHasAFixedAddress(Path file) {
    assertThat(GrafanaFolder.dashboard(file).path("uid").asText())
        .isEqualTo(GrafanaFolder.name(file));
  }

  @Test
  void everyLinkBetweenDashboardsLeadsSomewhere() {
    // Given
    Set<String> known = new HashSet<>();
    dashboards().forEach(file -> known.add("/d/" + GrafanaFolder.name(file)));
    List<String> links = new ArrayList<>();
    for (Path file : dashboards()) {
      for (JsonNode link : GrafanaFolder.dashboard(file).path("links")) {
        links.add(link.path("url").asText());
      }
    }
    GrafanaFolder.alertRules()
        .lines()
        .filter(line -> line.contains("dashboard_url: "))
        .forEach(line -> links.add(line.strip().split(" ")[1]));
    // Then
    assertThat(links).isNotEmpty();
    assertThat(links).filteredOn(link -> link.startsWith("/d/")).isSubsetOf(known);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertHasARunbookAndATest(String alert) {
    assertThat(GrafanaFolder.path("runbooks").resolve(alert + ".md"))
        .content()
        .contains("# " + alert, "**Who is hurt.**", "## First", "## What not to do");
    assertThat(GrafanaFolder.path("tests").resolve(alert + ".yaml"))
        .content()
        .contains("exp_alerts: []", "exp_labels:");
    assertThat(GrafanaFolder.alertRules()).contains("/public/runbooks/" + alert + ".md");
  }

  @Test
  void noRunbookOrTestOutlivesItsAlert() {
    List<String> names =
        Stream.concat(
                GrafanaFolder.files("runbooks", ".md").stream(),
                GrafanaFolder.files("tests", ".yaml").stream())
            .map(GrafanaFolder::name)
            .filter(name -> !name.equals("README"))
            .toList();
    assertThat(names).isNotEmpty().isSubsetOf(GrafanaFolder.alerts());
  }

  @Test
  void theRulesPassTheirOwnTests() throws Exception {
    assumeTrue(Programs.isInstalled("promtool"), "promtool is not installed");
    List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
    GrafanaFolder.files("tests", ".yaml").forEach(file -> command.add(file.toString()));
    assertThat(run(command)).doesNotContain("FAILED").contains("SUCCESS");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
