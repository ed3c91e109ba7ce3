package com.phonemos.scim.engine.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterShapeTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'userName eq \"ada@acme.example\"', 'userName eq \"?\"'",
        "'emails[type eq \"work\" and value co \"ada\"]', 'emails[type eq \"?\" and value co"
            + " \"?\"]'",
        "'not (active eq true) or title pr', 'not (active eq \"?\") or title pr'",
        "'meta.lastModified gt \"2026-01-01T00:00:00Z\"', 'meta.lastModified gt \"?\"'",
      })
  void noValueIsLeftInTheShape(String filter, String shape) {
    assertThat(FilterShape.of(FilterParser.parse(filter))).hasToString(shape);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'userName eq \" Ada@Acme.example\"', 'ada@acme.example'",
        "'displayName eq \"Sales\" and externalId pr', 'sales'",
        "'emails.value eq \"ada@acme.example\"', 'ada@acme.example'",
      })
  void aLookUpTellsTheNameItAsksFor(String filter, String name) {
    assertThat(FilterShape.name(FilterParser.parse(filter))).isEqualTo(Optional.of(name));
  }

  @Test
  void aSearchTellsNoName() {
    assertThat(FilterShape.name(FilterParser.parse("userName sw \"ada\""))).isEmpty();
    assertThat(FilterShape.name(FilterParser.parse("userName eq \"a\" or userName eq \"b\"")))
        .isEmpty();
  }
}
