package com.phonemos.scim.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.okta.Okta;
import com.phonemos.scim.idp.okta.OktaOptions;
import com.phonemos.scim.idp.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak's outage is not the endpoint's. */
final class KeycloakAwayIT {
  private static final int USERS = 60;
  private static final int GROUPS = 6;
  private static final int MEMBERSHIPS_PER_USER = 3;

  @TempDir Path folder;

  private final KeycloakServer keycloak = KeycloakServer.create();
  private FaultWorld world;
  private EngineProcess engine;

  @BeforeEach
  void prepare() {
    world = FaultWorld.on(folder);
    engine = world.engine().start().awaitReady();
  }

  @AfterEach
  void close() {
    world.close();
    keycloak.close();
  }

  @Test
  void initialCyclesSucceedWithoutKeycloakAndArriveWhenItStarts() throws Exception {
    // Given
    ScimTenant contoso = tenant("contoso");
    ScimTenant globex = tenant("globex");
    try (Entra entra =
            Entra.connect(
                FaultWorld.endpoint(contoso), EntraOptions.defaults(), directory(1, "contoso"));
        Okta okta =
            Okta.connect(
                FaultWorld.endpoint(globex), OktaOptions.defaults(), directory(2, "globex"))) {
      // When
      List<CycleReport> reports =
          List.of(
              entra.testConnection(),
              entra.initialCycle(),
              okta.testConnection(),
              okta.importEverything(),
              okta.assignAll(),
              okta.pushGroups());
      // Then
      assertThat(reports).flatExtracting(CycleReport::problems).isEmpty();
      assertThat(new Verifier(FaultWorld.endpoint(contoso)).verify(entra.expected())).isEmpty();
      assertThat(new Verifier(FaultWorld.endpoint(globex)).verify(okta.expected())).isEmpty();
      assertThat(engine.ready()).isTrue();
    }
    // When
    keycloak.start();
    TestRealm contosoRealm = keycloak.createRealm("contoso");
    TestRealm globexRealm = keycloak.createRealm("globex");
    // Then
    world.awaitAgreement(contoso, contosoRealm);
    world.awaitAgreement(globex, globexRealm);
  }

  private ScimTenant tenant(String slug) {
    return world.tenant(
        engine,
        slug,
        Optional.of(
            new KeycloakTarget(
                keycloak.url(), slug, TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET)));
  }

  private static Directory directory(long seed, String slug) {
    return new Directory(
        Company.generate(
            new CompanySpec(seed, USERS, GROUPS, MEMBERSHIPS_PER_USER, slug + ".example")));
  }
}
