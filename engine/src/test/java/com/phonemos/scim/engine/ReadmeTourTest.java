package com.phonemos.scim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs the lines of the README's tour as they stand there. */
class ReadmeTourTest {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  @Test
  void everyLineOfTheTourWorks() throws IOException, InterruptedException {
    // Given
    ScimTenant tenant = TestEngine.tenant();
    ProcessBuilder shell = new ProcessBuilder("bash", "-e", "-c", tour());
    shell.environment().put("SCIM", tenant.base());
    shell.environment().put("TOKEN", tenant.token());
    // When
    Process tour = shell.redirectErrorStream(true).start();
    String said = new String(tour.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Then
    assertThat(tour.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.startsWith("{")))
        .satisfiesExactly(
            created ->
                assertThat(created).contains("\"userName\":\"ada@acme.example\"", "\"version\""),
            found -> assertThat(found).contains("\"totalResults\":1").doesNotContain("Lovelace"),
            patched -> assertThat(patched).contains("King", "Countess"),
            another -> assertThat(another).contains("grace@acme.example"),
            first -> assertThat(first).contains("nextCursor", "ada@acme.example"),
            second ->
                assertThat(second).contains("grace@acme.example").doesNotContain("nextCursor"),
            bulk -> assertThat(bulk).contains("BulkResponse", "\"201\"").doesNotContain("Error"),
            twice -> assertThat(twice).contains("\"409\"", "\"uniqueness\""),
            filter -> assertThat(filter).contains("\"400\"", "\"invalidFilter\""),
            nobody -> assertThat(nobody).contains("\"401\""));
    assertThat(said).contains("WWW-Authenticate: Bearer");
  }

  private static String tour() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String section = readme.substring(readme.indexOf("### A tour"));
    return COMMANDS
        .matcher(section.substring(0, section.indexOf("\n### ", 10)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.joining("\n"));
  }
}
