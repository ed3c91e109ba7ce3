package com.phonemos.scim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.phonemos.scim.engine.ConfigException.Mistake;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineConfigTest {
  @Test
  void nothingHasToBeConfigured() {
    // When
    EngineConfig config = EngineConfig.read(Map.of("PATH", "/bin"));
    // Then
    assertThat(config.httpPort()).isEqualTo(8080);
    assertThat(config.opsPort()).isEqualTo(9090);
    assertThat(config.databaseUrl()).isEmpty();
    assertThat(config.dataDir()).isEqualTo(Path.of("data"));
    assertThat(config.limits().bodyBytes()).isEqualTo(2 * 1024 * 1024);
    assertThat(config.limits().mailbox()).isEqualTo(1_000);
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    // Given
    Map<String, String> environment =
        Map.of(
            "PHONEMOS_SCIM_HTTP_PORT", "80a",
            "PHONEMOS_SCIM_OPS_PORT", "70000",
            "PHONEMOS_SCIM_DATABASE_URL", "mysql://root:t0psecret@db/scim",
            "PHONEMOS_SCIM_SECRET_KEY", "dDBwc2VjcmV0",
            "PHONEMOS_SCIM_OPERATOR_TOKEN", "t0psecret with space",
            "PHONEMOS_SCIM_BASE_URL", "scim.example.com",
            "PHONEMOS_SCIM_MAIL_BOX", "t0psecret");
    // When
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> EngineConfig.read(environment));
    // Then
    assertThat(failure.mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrderElementsOf(environment.keySet());
    assertThat(failure.getMessage())
        .contains("7 mistakes", "Did you mean PHONEMOS_SCIM_MAILBOX?", "@db/scim")
        .doesNotContain("t0psecret", "dDBwc2VjcmV0");
  }

  @Test
  void twoServersCannotShareAPort() {
    // When
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class,
            () -> EngineConfig.read(Map.of("PHONEMOS_SCIM_HTTP_PORT", "9090")));
    // Then
    assertThat(failure.mistakes())
        .extracting(Mistake::key)
        .containsExactly("PHONEMOS_SCIM_OPS_PORT");
  }

  @Test
  void theEnvironmentWinsOverTheFile(@TempDir Path folder) throws Exception {
    // Given
    Path file =
        Files.writeString(
            folder.resolve("scim.properties"),
            "PHONEMOS_SCIM_HTTP_PORT=8081\nPHONEMOS_SCIM_OPS_PORT=9091\n");
    // When
    EngineConfig config =
        EngineConfig.read(
            Map.of(
                "PHONEMOS_SCIM_CONFIG_FILE", file.toString(), "PHONEMOS_SCIM_HTTP_PORT", "8082"));
    // Then
    assertThat(config.httpPort()).isEqualTo(8082);
    assertThat(config.opsPort()).isEqualTo(9091);
  }

  @Test
  void aMissingFileIsAMistakeLikeAnyOther() {
    // When
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                EngineConfig.read(
                    Map.of(
                        "PHONEMOS_SCIM_CONFIG_FILE", "/does/not/exist",
                        "PHONEMOS_SCIM_SHARDS", "0")));
    // Then
    assertThat(failure.mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder("PHONEMOS_SCIM_CONFIG_FILE", "PHONEMOS_SCIM_SHARDS");
  }

  @Test
  void whatKubernetesAddsIsNoMistake() {
    // When
    EngineConfig config =
        EngineConfig.read(
            Map.of(
                "PHONEMOS_SCIM_SERVICE_HOST", "10.0.0.1",
                "PHONEMOS_SCIM_SERVICE_PORT", "8080",
                "PHONEMOS_SCIM_SERVICE_PORT_HTTP", "8080",
                "PHONEMOS_SCIM_PORT", "tcp://10.0.0.1:8080",
                "PHONEMOS_SCIM_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "PHONEMOS_SCIM_PORT_8080_TCP_PROTO", "tcp",
                "PHONEMOS_SCIM_PORT_8080_TCP_PORT", "8080",
                "PHONEMOS_SCIM_PORT_8080_TCP_ADDR", "10.0.0.1"));
    // Then
    assertThat(config.httpPort()).isEqualTo(8080);
  }

  @Test
  void printingTheConfigurationShowsNoSecret() {
    // When
    EngineConfig config =
        EngineConfig.read(
            Map.of(
                "PHONEMOS_SCIM_DATABASE_URL", "postgresql://scim:t0psecret@db:5432/scim",
                "PHONEMOS_SCIM_OPERATOR_TOKEN", "t0psecret",
                "PHONEMOS_SCIM_SECRET_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "PHONEMOS_SCIM_BASE_URL", "https://scim.example.com/"));
    // Then
    assertThat(config.toString()).contains("@db:5432/scim").doesNotContain("t0psecret", "AAECAw");
    assertThat(config.baseUrl()).contains(URI.create("https://scim.example.com"));
  }
}
