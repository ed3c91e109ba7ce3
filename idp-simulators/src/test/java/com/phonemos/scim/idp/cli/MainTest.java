package com.phonemos.scim.idp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {
  private final RecordingServer server = new RecordingServer();
  private final StringWriter output = new StringWriter();

  @AfterEach
  void stopServer() {
    server.close();
  }

  private int run(String... more) {
    CommandLine main =
        Main.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(output));
    String[] arguments = new String[more.length + 6];
    System.arraycopy(more, 0, arguments, 0, more.length);
    arguments[more.length] = "--endpoint=" + server.endpoint().base();
    arguments[more.length + 1] = "--token=" + RecordingServer.TOKEN;
    arguments[more.length + 2] = "--users=60";
    arguments[more.length + 3] = "--groups=6";
    arguments[more.length + 4] = "--seed=5";
    arguments[more.length + 5] = "--verify";
    return main.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "entra,--dialect=default,initial",
    "entra,--dialect=default,day",
    "entra,--dialect=flag,day",
    "entra,--mapping=full,day",
    "okta,--app=aiw,initial",
    "okta,--app=aiw,day",
    "okta,--app=oin,day"
  })
  void aRunThatProvisionedEverythingEndsWithZero(String idp, String option, String scenario) {
    // When
    int status = run(idp, option, "--scenario=" + scenario);
    // Then
    assertThat(output.toString()).contains(" 0 differences");
    assertThat(status).isZero();
    assertThat(output.toString()).doesNotContain(RecordingServer.TOKEN);
  }

  @Test
  void errorsThatTheIdentityProviderSawEndWithOneOrThree() {
    // Given
    server.fail(r -> r.method().equals("POST") ? Optional.of(Fault.of(500)) : Optional.empty());
    // When
    int status = run("okta");
    // Then
    assertThat(status).isEqualTo(Main.DIFFERENCES);
    assertThat(output.toString()).contains("500 injected").contains("missing");
  }

  @Test
  void aWrongCommandLineEndsWithTwo() {
    // When
    int status = run("entra", "--scenario=unheard-of");
    // Then
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
  }
}
