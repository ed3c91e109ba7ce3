package com.phonemos.scim.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TenantsTest {
  private static final KeycloakTarget KEYCLOAK =
      new KeycloakTarget("https://keycloak.example", "acme", "scim", "s3cret");

  private static Vertx vertx;
  private static Tenants tenants;
  private static Tokens tokens;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    Database database = Database.open(vertx, TestPostgres.createDatabase(), 2);
    tenants = new Tenants(database, SecretBox.withKey(new byte[SecretBox.KEY_BYTES]));
    tokens = new Tokens(database);
  }

  @AfterAll
  static void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void aTenantIsFoundByItsSlug() throws Exception {
    // Given
    TenantId id = get(tenants.create("found", Optional.empty())).orElseThrow();
    // When
    Tenants.Tenant tenant = get(tenants.find("found")).orElseThrow();
    // Then
    assertThat(tenant.id()).isEqualTo(id);
    assertThat(tenant.state()).isEqualTo(Tenants.State.ACTIVE);
    assertThat(tenant.keycloak()).isEmpty();
    assertThat(get(tenants.find("absent"))).isEmpty();
  }

  @Test
  void aSlugBelongsToOneTenant() throws Exception {
    // Given
    get(tenants.create("taken", Optional.empty()));
    // Then
    assertThat(get(tenants.create("taken", Optional.empty()))).isEmpty();
  }

  @Test
  void allClientSecretsAreSealedAnewAndThoseThatNoKeyOpensAreNamed() throws Exception {
    // Given
    String key = Base64.getEncoder().encodeToString(new byte[SecretBox.KEY_BYTES]);
    Database own = Database.open(vertx, TestPostgres.createDatabase(), 2);
    SecretBox unknown = SecretBox.withKey("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    String newest =
        Base64.getEncoder().encodeToString("abcdefghijklmnopqrstuvwxyz012345".getBytes(UTF_8));
    TenantId id =
        get(new Tenants(own, SecretBox.withKeys(key)).create("old", Optional.of(KEYCLOAK)))
            .orElseThrow();
    get(new Tenants(own, unknown).create("lost", Optional.of(KEYCLOAK)));
    get(new Tenants(own, SecretBox.withKeys(newest)).create("new", Optional.of(KEYCLOAK)));
    // When
    byte[] signing = {1, 2, 3};
    get(
        new Webhooks(own, SecretBox.withKeys(key))
            .add(id, "https://hook", signing, Optional.empty()));
    SecretBox both = SecretBox.withKeys(newest + "," + key);
    SealedSecrets.Resealed done = get(new SealedSecrets(own, both).reseal());
    // Then
    assertThat(done).isEqualTo(new SealedSecrets.Resealed(2, 1, List.of("lost")));
    assertThat(get(new Tenants(own, SecretBox.withKeys(newest)).pushSettings(id)))
        .hasValueSatisfying(settings -> assertThat(settings.target()).isEqualTo(KEYCLOAK));
  }

  @Test
  void theKeycloakSecretComesBackWholeAndIsNoPartOfWhatIsPrinted() throws Exception {
    // Given
    TenantId id = get(tenants.create("pushed", Optional.of(KEYCLOAK))).orElseThrow();
    // When
    KeycloakTarget target = get(tenants.pushSettings(id)).orElseThrow().target();
    // Then
    assertThat(target).isEqualTo(KEYCLOAK);
    assertThat(target.toString()).doesNotContain("s3cret");
    assertThat(get(tenants.withTarget())).contains(id);
    assertThat(get(tenants.find("pushed")).orElseThrow().keycloak())
        .contains("https://keycloak.example/realms/acme");
  }

  @Test
  void aTokenIsFoundByItsHashUntilItIsRevoked() throws Exception {
    // Given
    TenantId tenant = get(tenants.create("tokens", Optional.empty())).orElseThrow();
    byte[] hash = BearerToken.hash("one");
    Instant end = Instant.parse("2030-01-01T00:00:00Z");
    UUID id = get(tokens.issue(tenant, hash, "Entra", Optional.of(end)));
    // When
    Tokens.Credential credential = get(tokens.find(hash)).orElseThrow();
    // Then
    assertThat(credential)
        .isEqualTo(
            new Tokens.Credential(
                tenant,
                id,
                TokenScope.SCIM,
                true,
                TenantPolicy.DEFAULT,
                SchemaRegistry.load(),
                Optional.of(end),
                Optional.empty(),
                Optional.empty()));
    assertThat(credential.valid(end.minusMillis(1))).isTrue();
    assertThat(credential.valid(end)).isFalse();
    assertThat(get(tokens.revoke(tenant, id))).isTrue();
    assertThat(get(tokens.revoke(tenant, id))).isFalse();
    assertThat(get(tokens.find(hash)).orElseThrow().valid(end.minusMillis(1))).isFalse();
    assertThat(get(tokens.find(BearerToken.hash("another")))).isEmpty();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
