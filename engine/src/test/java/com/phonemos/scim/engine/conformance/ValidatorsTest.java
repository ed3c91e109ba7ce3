package com.phonemos.scim.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.conformance.Catalogue;
import com.phonemos.scim.conformance.suite.Case;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.engine.fixture.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That nothing of the lists is missing by which Microsoft and Okta judge a SCIM endpoint. */
class ValidatorsTest {
  /** Tests of Microsoft's validator: the number → the first word of the case that does it. */
  private static final List<String> MICROSOFT =
      Stream.concat(
              IntStream.rangeClosed(1, 24).mapToObj(Integer::toString),
              // P4 and P7, to delete twice, are the second half of P3 and P6.
              Stream.of("P1", "P2", "P3", "P5", "P6"))
          .toList();

  /** Steps of Okta's SPEC test; the 12th is the second half of the 4th. */
  private static final List<String> OKTA =
      IntStream.rangeClosed(1, 11).mapToObj(Integer::toString).toList();

  @Test
  void everyTestOfMicrosoftsValidatorIsACase() {
    assertThat(numbers("entra/validator/")).containsAll(MICROSOFT);
  }

  @Test
  void everyStepOfOktasSpecTestIsACase() {
    assertThat(numbers("okta/spec/")).containsAll(OKTA);
  }

  @Test
  void theListIsInTheDocumentation() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # What Microsoft and Okta test, and the case that does

            Every line is run against the engine by `ConformanceIT`, over HTTP, and has to be met. Made by `ValidatorsTest` from the
            [conformance suite](../../conformance-suite/README.md); do not edit.
            """);
    for (Profile profile : List.of(Profile.ENTRA, Profile.OKTA)) {
      text.append(
          "%n## %s%n%n| Case | Source | Sends | Requires |%n|---|---|---|---|%n"
              .formatted(profile == Profile.ENTRA ? "Microsoft Entra ID" : "Okta"));
      for (Case one : of(profile)) {
        text.append(
            "| `%s` | %s | %s | %s |%n"
                .formatted(one.id(), one.clause(), cell(one.sent()), cell(one.required())));
      }
    }
    Page.assertUnchanged("validators.md", text.toString());
  }

  private static List<String> numbers(String folder) {
    List<String> numbers = new ArrayList<>();
    for (Case one : Catalogue.cases()) {
      if (one.id().startsWith(folder)) {
        numbers.add(one.id().replaceFirst(".*/", "").replaceFirst("-.*", ""));
      }
    }
    return numbers;
  }

  private static List<Case> of(Profile profile) {
    return Catalogue.cases().stream().filter(one -> one.profile() == profile).toList();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
