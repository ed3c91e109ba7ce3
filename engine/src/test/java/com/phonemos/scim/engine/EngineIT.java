package com.phonemos.scim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.phonemos.scim.engine.scim.protocol.BearerToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, as operators run it. */
class EngineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private int opsPort;
  private int httpPort;

  @BeforeEach
  void choosePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      httpPort = one.getLocalPort();
      opsPort = two.getLocalPort();
    }
  }

  /** Also stops the database that a killed engine leaves behind. */
  @AfterEach
  void stop() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    run("migrate");
  }

  @Test
  void commandsWorkBesideARunningEngineAndAfterIt() throws Exception {
    // Given
    Process engine = serve();
    // When
    Ended tenant = run("tenant", "create", "acme");
    Ended token = run("token", "issue", "acme");
    engine.destroy();
    // Then
    assertThat(UUID.fromString(tenant.out().strip())).isNotNull();
    assertThat(BearerToken.wellFormed(token.out().strip())).isTrue();
    assertThat(engine.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(engine.exitValue()).isZero();
    assertThat(run("tenant", "list").out()).contains("acme", tenant.out().strip());
  }

  @Test
  void aKilledEngineStartsAgainOnItsData() throws Exception {
    // Given
    Process killed = serve();
    run("tenant", "create", "acme");
    killed.destroyForcibly().waitFor();
    // When
    serve();
    // Then
    assertThat(run("tenant", "list").out()).contains("acme");
  }

  @Test
  void aMistakeInTheConfigurationEndsTheStart() throws Exception {
    // When
    Process engine = start(Map.of("PHONEMOS_SCIM_OPS_PORT", "none"), "serve");
    // Then
    assertThat(engine.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(engine.exitValue()).isEqualTo(78);
    assertThat(Files.readString(folder.resolve("stderr"))).contains("PHONEMOS_SCIM_OPS_PORT");
  }

  private Process serve() throws IOException {
    Process engine = start(Map.of(), "serve");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(readiness()).isEqualTo(200));
    return engine;
  }

  private int readiness() {
    URI uri = URI.create("http://localhost:" + opsPort + "/readyz");
    try {
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** How a command ended. */
  private record Ended(int status, String out) {}

  private Ended run(String... arguments) throws Exception {
    Process process = start(Map.of(), arguments);
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out);
  }

  private Process start(Map<String, String> settings, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("engine.jar")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("stderr").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PHONEMOS_SCIM_"));
    builder.environment().put("PHONEMOS_SCIM_HTTP_PORT", Integer.toString(httpPort));
    builder.environment().put("PHONEMOS_SCIM_OPS_PORT", Integer.toString(opsPort));
    builder.environment().putAll(settings);
    try {
      Process process = builder.start();
      processes.add(process);
      return process;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
