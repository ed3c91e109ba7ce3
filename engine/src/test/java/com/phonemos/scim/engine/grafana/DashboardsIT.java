package com.phonemos.scim.engine.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.phonemos.scim.engine.faults.FaultWorld;
import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.grafana.PrometheusServer.Value;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards on a real Prometheus that watches a real engine at work. */
class DashboardsIT {
  private static final Duration WATCHED = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path PICTURES = Path.of("target", "dashboards");
  private static final String TENANT = "watched";
  private static final int PEOPLE = 20;

  @TempDir private Path folder;

  @Test
  void everyPanelShowsWhatHappens() {
    assumeTrue(Programs.isInstalled(PrometheusServer.PROGRAM), "prometheus is not installed");
    // Given
    try (FaultWorld world = FaultWorld.on(folder)) {
      EngineProcess engine = world.engine().start().awaitReady();
      TestRealm realm = FaultWorld.realm();
      ScimTenant tenant = world.tenant(engine, TENANT, Optional.of(FaultWorld.target(realm)));
      try (PrometheusServer prometheus =
          PrometheusServer.watching(folder, engine.ops("/metrics"))) {
        // When
        live(tenant);
        // Then
        assertThat(shareOf400(prometheus)).isBetween(0.04, 0.06);
        assertThat(silent(prometheus)).isEmpty();
        for (Path file : GrafanaFolder.files("dashboards", ".json")) {
          Path picture =
              new DashboardPicture(prometheus, TENANT, WATCHED.toSeconds()).draw(file, PICTURES);
          assertThat(picture).content().contains("<polyline", "</svg>");
        }
        assertThat(value(prometheus, "scim-tenant", "Last request")).isLessThan(90);
        assertThat(value(prometheus, "scim-overview", "Engines ready")).isEqualTo(1);
        assertThat(value(prometheus, "scim-overview", "Server errors")).isZero();
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(value(prometheus, "scim-tenant", "On their way")).isZero());
      }
    }
  }

  /** Expressions that show nothing. */
  private static List<String> silent(PrometheusServer prometheus) {
    return GrafanaFolder.panels().stream()
        .flatMap(panel ->
            panel.expressions().stream()
                .filter(expression -> ask(prometheus, expression).isEmpty())
                .map(expression -> panel + ": " + expression))
        .toList();
  }

  /** As the panel with all statuses has it. */
  private static double shareOf400(PrometheusServer prometheus) {
    List<Value> byStatus = ask(prometheus, expression("scim-overview", "Requests by status"));
    double all = byStatus.stream().mapToDouble(Value::number).sum();
    return byStatus.stream()
            .filter(value -> value.labels().path("status").asText().equals("400"))
            .mapToDouble(Value::number)
            .sum()
        / all;
  }

  private static double value(PrometheusServer prometheus, String dashboard, String title) {
    return ask(prometheus, expression(dashboard, title)).getFirst().number();
  }

  private static String expression(String dashboard, String title) {
    return GrafanaFolder.panels().stream()
        .filter(panel -> panel.dashboard().equals(dashboard) && panel.title().equals(title))
        .findFirst()
        .orElseThrow()
        .expressions()
        .getFirst();
  }

  private static List<Value> ask(PrometheusServer prometheus, String expression) {
    return prometheus.query(GrafanaFolder.asked(expression, TENANT));
  }

  /** Of twenty requests one is a mistake. */
  private static void live(ScimTenant tenant) {
    Directory directory = new Directory(Company.generate(new CompanySpec(7, PEOPLE, 3, 2)));
    long end = System.nanoTime() + WATCHED.toNanos();
    try (Entra entra =
        Entra.connect(FaultWorld.endpoint(tenant), EntraOptions.defaults(), directory)) {
      entra.initialCycle();
      for (int turn = 0; System.nanoTime() < end; turn++) {
        String name = "Turn" + turn;
        directory
            .person(directory.people().get(turn % PEOPLE).person().id())
            .edit(person -> person.named(name, person.familyName(), name));
        entra.incrementalCycle(); // Reads, then changes: two requests.
        for (int read = 0; read < 17; read++) {
          tenant.get("/Users?count=0").expect(200);
        }
        tenant.request("POST", "/Users").body("{}").expect(400);
      }
    }
  }
}
