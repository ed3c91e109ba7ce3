package com.phonemos.scim.engine.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.KeycloakSide;
import com.phonemos.scim.engine.fixture.ScimSide;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Simulator;
import com.phonemos.scim.idp.scenario.Story;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every simulated identity provider, in every scenario, through the engine into Keycloak. */
final class IdentityProviderIT {
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(1);

  /** All but those with which these begin. */
  private static final List<Scenario> SCENARIOS =
      List.of(Scenario.CHAOS, Scenario.LEAVERS, Scenario.REORG);

  static Stream<Arguments> everySimulatorInEveryScenario() {
    return Arrays.stream(Simulator.values())
        .flatMap(
            simulator -> SCENARIOS.stream().map(scenario -> Arguments.of(simulator, scenario)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everySimulatorInEveryScenario")
  void allThreeSidesAgreeAndTheProviderSeesNoError(Simulator simulator, Scenario scenario)
      throws Exception {
    // Given
    String slug = (simulator + "-" + scenario).toLowerCase(Locale.ROOT).replace('_', '-');
    TestRealm realm = KeycloakServer.shared().createRealm(slug);
    Endpoint endpoint = endpoint(slug, realm, simulator);
    CompanySpec spec = new CompanySpec(slug.hashCode(), 20, 4, 2);
    List<CycleReport> reports = new ArrayList<>();
    try (IdentityProvider provider =
        simulator.connect(endpoint, new Directory(Company.generate(spec)))) {
      // When
      new Story(provider, spec, reports::add).tell(scenario);
      // Then
      assertThat(reports).allSatisfy(report -> assertThat(report.problems()).isEmpty());
      assertThat(provider.ailing()).as(provider.belief()).isFalse();
      assertThat(new Verifier(endpoint).verify(provider.expected())).isEmpty();
      ScimSide scim = ScimSide.read(endpoint);
      await()
          .atMost(SETTLE_LIMIT)
          .untilAsserted(() ->
              assertThat(
                      scim.holdings()
                          .differences("Keycloak", KeycloakSide.read(realm, scim.userNames())))
                  .isEmpty());
    }
  }

  private static Endpoint endpoint(String slug, TestRealm realm, Simulator simulator) {
    KeycloakTarget target =
        new KeycloakTarget(realm.url(), realm.name(), TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET);
    ScimTenant tenant = TestEngine.tenant(slug, Optional.of(target));
    tenant.decide(TestEngine.database(), policy(simulator));
    return Endpoint.of(URI.create(tenant.base()), tenant.token());
  }

  private static List<String> policy(Simulator simulator) {
    return switch (simulator) {
      // Its replace of members means an addition; nothing in the request tells.
      case ENTRA_FLAG -> List.of("dialect=entra");
      case GENERIC -> List.of("dialect=strict");
      default -> List.of();
    };
  }
}
