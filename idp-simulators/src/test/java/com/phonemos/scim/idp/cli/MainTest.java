package com.phonemos.scim.idp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
    "entra,--mapping=full,leavers",
    "entra,--dialect=flag,reorg",
    "entra,--dialect=default,chaos",
    "entra,--edition=older,day",
    "entra,--no-active,leavers",
    "entra,--custom-attribute=urn:ietf:params:scim:schemas:extension:Own:2.0:User:number,day",
    "okta,--app=aiw,leavers",
    "okta,--app=oin,reorg",
    "okta,--app=oin,chaos",
    "okta,--job,day",
    "okta,--lookup=email,day",
    "onelogin,--template=standard,day",
    "onelogin,--deprovision=delete,leavers",
    "jumpcloud,--update=patch,day",
    "jumpcloud,--update=put,reorg",
    "generic,--rate=5000,day",
    "generic,--unordered,reorg",
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

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "jumpcloud"})
  void chaosEndsWithZeroWhenTheEndpointRecovers(String idp) {
    // Given
    AtomicInteger requests = new AtomicInteger();
    server.fail(request -> {
      int number = requests.incrementAndGet();
      boolean outage =
          number > 10 && number < 400 && number % 5 == 0 && !request.method().equals("GET");
      return outage ? Optional.of(Fault.of(503)) : Optional.empty();
    });
    // When
    int status = run(idp, "--scenario=chaos");
    // Then
    assertThat(output.toString()).contains(" 0 differences");
    assertThat(status).isZero();
  }

  @Test
  void aRecordingHoldsNoSecret(@TempDir Path folder) throws Exception {
    // Given
    Path archive = folder.resolve("session.har");
    // When
    run("okta", "--record=" + archive);
    // Then
    String har = Files.readString(archive);
    assertThat(new ObjectMapper().readTree(har).path("log").path("entries")).hasSizeGreaterThan(60);
    assertThat(har).contains("\\\"password\\\":\\\"[redacted]\\\"");
    assertThat(har).doesNotContain(RecordingServer.TOKEN).doesNotContain("aB3");
  }

  @Test
  void theCommandOfTheReadmeEndsWithZero() throws Exception {
    // Given
    Matcher command =
        Pattern.compile("java -jar idp-simulators/target/idp-sim\\.jar (.*)")
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(command.find()).isTrue();
    // When
    int status =
        Main.commandLine().setOut(new PrintWriter(output)).execute(command.group(1).split(" "));
    // Then
    assertThat(output.toString()).contains("Okta believes:").contains(" 0 differences");
    assertThat(status).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okta",
        "okta --endpoint=http://127.0.0.1:1/scim/v2",
        "okta --token=x",
        "okta --in-memory --endpoint=http://127.0.0.1:1/scim/v2 --token=x"
      })
  void anEndpointIsNamedWithItsTokenOrKeptInMemory(String command) {
    // When
    int status = Main.commandLine().setErr(new PrintWriter(output)).execute(command.split(" "));
    // Then
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "entra --scenario=unheard-of",
        "entra --members-per-patch=0",
        "entra --custom-attribute=number",
        "entra --member-concurrency=0",
        "entra --deletion-threshold=-1",
        "okta --app=oin --batch=0",
        "okta --parallel=0",
        "okta --rate=0",
        "okta --speed=0",
        "okta --record=no-such-folder/session.har"
      })
  void aWrongCommandLineEndsWithTwo(String command) {
    // When
    int status = run(command.split(" "));
    // Then
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(output.toString()).doesNotContain("\tat ");
    assertThat(server.take()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "okta --version"})
  void everyCommandTellsTheVersion(String command) {
    // When
    int status = Main.commandLine().setOut(new PrintWriter(output)).execute(command.split(" "));
    // Then
    assertThat(output.toString()).startsWith("idp-sim ");
    assertThat(status).isZero();
  }
}
