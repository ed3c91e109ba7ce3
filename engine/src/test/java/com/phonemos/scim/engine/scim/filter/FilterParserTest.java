package com.phonemos.scim.engine.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // The examples of RFC 7644 §3.4.2.2, figure 2
        "userName eq \"bjensen\"",
        "name.familyName co \"O'Malley\"",
        "userName sw \"J\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"",
        "title pr",
        "meta.lastModified gt \"2011-05-13T04:42:34Z\"",
        "title pr and userType eq \"Employee\"",
        "title pr or userType eq \"Intern\"",
        "userType eq \"Employee\" and (emails co \"example.com\" or emails.value co"
            + " \"example.org\")",
        "userType ne \"Employee\" and not (emails co \"example.com\")",
        "userType eq \"Employee\" and emails[type eq \"work\" and value co \"@example.com\"]",
        "emails[type eq \"work\"] or ims[type eq \"xmpp\" and value co \"@foo.com\"]",
        // Values
        "active eq true",
        "x eq null",
        "x eq -1.50E+3",
        "x eq \"\"",
        "x eq \"a \\\"quoted\\\" \\\\ text\\n\"",
        "members.$ref pr",
        // Grouping
        "(a pr or b pr) and c pr",
        "a pr and (b pr and c pr)",
        "a pr or (b pr or c pr)",
        "not (not (a pr))",
      })
  void aFilterPrintsAsItWasWritten(String text) {
    assertThat(FilterParser.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @Clause({"rfc7644/3.4.2.2/1", "rfc7644/3.4.2.2/3"})
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "userName Eq \"x\"                   | userName eq \"x\"",
        "userName EQ \"x\" AND title PR      | userName eq \"x\" and title pr",
        "NOT(title pr)                       | not (title pr)",
        "((userName eq \"x\"))               | userName eq \"x\"",
        "a pr and b pr or c pr and d pr      | a pr and b pr or c pr and d pr",
        "emails [ type eq \"work\" ]         | emails[type eq \"work\"]",
        "active eq True                      | active eq true",
        "userName eq \"\\u00e9\"             | userName eq \"é\"",
        "emails[type eq \"work\"].value eq \"x\" | emails[type eq \"work\" and value eq \"x\"]",
        "emails[type eq \"a\" or type eq \"b\"].value pr"
            + " | emails[(type eq \"a\" or type eq \"b\") and value pr]",
      })
  void otherSpellingsMeanTheSame(String text, String printed) {
    assertThat(FilterParser.parse(text)).hasToString(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "userName",
        "userName eq",
        "eq \"a\"",
        "userName eq \"a\" and",
        "userName eq \"a",
        "userName eq \"a\\",
        "userName eq \"a\\x\"",
        "(userName eq \"a\"",
        "userName eq \"a\")",
        "userName xx \"a\"",
        "userName eq 'a'",
        "userName eq jyoung",
        "userName eq \"a\" \"b\"",
        "x = 1; pg_sleep(10)",
        "a[b[c eq 1]]",
        "a[b pr",
        "a[b pr].",
        "a[b pr].c",
        "a.b.c pr",
        ".a pr",
        "a. pr",
        "not title pr",
        "a eq 1.2.3",
        "a eq 1e9999999",
        "a eq {}",
      })
  void aMalformedFilterIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void aRefusalNamesTheColumn() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> FilterParser.parse("userName xx \"secret\""))
        .satisfies(refused ->
            assertThat(refused.error().detail()).contains("column 10").doesNotContain("secret"));
  }

  @Test
  void theLimitsHoldExactly() {
    // Depth
    FilterParser.parse("(".repeat(32) + "a pr" + ")".repeat(32));
    assertRefused("(".repeat(33) + "a pr" + ")".repeat(33));
    // Terms
    FilterParser.parse("a pr" + " or a pr".repeat(199));
    assertRefused("a pr" + " or a pr".repeat(200));
    // Length
    FilterParser.parse("a pr" + " ".repeat(16 * 1024 - 4));
    assertRefused("a pr" + " ".repeat(16 * 1024 - 3));
  }

  @Test
  void hostileFiltersAreRefusedFast() {
    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          for (int i = 0; i < 100; i++) {
            assertRefused("(".repeat(8_000));
            assertRefused("not (".repeat(3_000));
            assertRefused("not ".repeat(4_000) + "x");
            assertRefused("a" + ".a".repeat(8_000) + " pr");
            assertRefused("userName" + " ".repeat(10_000) + "eq");
            assertRefused("userName eq \"" + "\\\\".repeat(8_000));
          }
        });
  }

  @Test
  void parsingWhatIsPrintedGivesTheSameFilter() {
    long seed = Instant.now().toEpochMilli();
    GeneratedFilters filters = new GeneratedFilters(new Random(seed));

    for (int i = 0; i < 5_000; i++) {
      Filter filter = filters.next(4);
      assertThat(FilterParser.parse(filter.toString())).as("seed %d", seed).isEqualTo(filter);
    }
  }

  private static void assertRefused(String text) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> FilterParser.parse(text))
        .satisfies(refused -> {
          assertThat(refused.error().status()).isEqualTo(400);
          assertThat(refused.error().type()).contains(ScimType.INVALID_FILTER);
        });
  }
}
