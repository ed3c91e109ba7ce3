package com.phonemos.scim.engine.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path dataDir;

  @Test
  void dataSurvivesARestart() throws Exception {
    // Given
    try (EmbeddedPostgres first = EmbeddedPostgres.start(dataDir)) {
      execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    // When
    try (EmbeddedPostgres second = EmbeddedPostgres.start(dataDir)) {
      // Then
      assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void anAcknowledgedCommitIsOnDisk() throws Exception {
    // When
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
      // Then
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
    }
  }

  @Test
  void onlyWhoKnowsThePasswordMayEnter() throws Exception {
    // When
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
      // Then
      assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(
              query(
                  postgres, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThat(Files.getPosixFilePermissions(dataDir.resolve("postgres.password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void closingStopsTheServer() throws Exception {
    // Given
    EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir);
    long pid = pid();
    // When
    postgres.close();
    // Then
    awaitEndOf(pid);
  }

  @Test
  void aServerLeftBehindByAKilledProcessIsAdopted() throws Exception {
    // Given
    killedUser();
    long leftBehind = pid();
    // When
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
      // Then
      assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
      assertThat(pid()).isEqualTo(leftBehind);
    }
    awaitEndOf(leftBehind);
  }

  @Test
  void aKilledServerRecovers() throws Exception {
    // Given
    try (EmbeddedPostgres first = EmbeddedPostgres.start(dataDir)) {
      execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
      long pid = pid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      awaitEndOf(pid);
    }
    // When
    try (EmbeddedPostgres second = EmbeddedPostgres.start(dataDir)) {
      // Then
      assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void aPidFileWhoseNumberNowBelongsToAnotherProgramDoesNotStopTheStart() throws Exception {
    // Given
    try (EmbeddedPostgres first = EmbeddedPostgres.start(dataDir)) {
      execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    Files.write(
        Postmaster.file(dataDir.resolve("postgres")),
        List.of(
            Long.toString(ProcessHandle.current().pid()),
            dataDir.resolve("postgres").toString(),
            "1700000000",
            "15432",
            "",
            "127.0.0.1",
            "",
            "ready"));
    // When
    try (EmbeddedPostgres second = EmbeddedPostgres.start(dataDir)) {
      // Then
      assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void theServerRunsUntilItsLastUserHasLeft() throws Exception {
    // Given
    EmbeddedPostgres serving = EmbeddedPostgres.start(dataDir);
    EmbeddedPostgres command = EmbeddedPostgres.start(dataDir);
    // When
    serving.close();
    // Then
    assertThat(query(command, "SELECT 1")).isEqualTo("1");
    command.close();
    assertThat(Postmaster.read(dataDir.resolve("postgres"))).isEmpty();
  }

  @Test
  void anotherProcessOnTheSameDataDirectoryKeepsTheServerAlive() throws Exception {
    // Given
    EmbeddedPostgres here = EmbeddedPostgres.start(dataDir);
    Process there = user();
    // When
    here.close();
    // Then
    try (EmbeddedPostgres again = EmbeddedPostgres.start(dataDir)) {
      assertThat(query(again, "SELECT 1")).isEqualTo("1");
    } finally {
      there.destroyForcibly().waitFor();
      EmbeddedPostgres.start(dataDir).close();
    }
  }

  /** Another process that uses the data directory until it is killed. */
  public static final class User {
    private User() {}

    public static void main(String[] arguments) throws InterruptedException {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
      System.out.println(postgres.uri().isEmpty() ? "" : "ready");
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  private Process user() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                User.class.getName(),
                dataDir.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> process.inputReader().lines().anyMatch("ready"::equals));
    return process;
  }

  private void killedUser() throws Exception {
    user().destroyForcibly().waitFor();
  }

  /** Its parent is whoever adopts orphans, and may take a moment to notice. */
  private static void awaitEndOf(long pid) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
  }

  private long pid() throws IOException {
    return Postmaster.read(dataDir.resolve("postgres")).orElseThrow().pid();
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    URI address = URI.create(postgres.uri());
    String[] account = address.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + address.getPort() + address.getPath(),
        account[0],
        account[1]);
  }
}
