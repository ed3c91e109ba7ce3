package com.phonemos.scim.engine.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterMatcherTest {
  private static final Attribute EMAILS =
      SchemaRegistry.load().find(ResourceType.USER, AttributePath.of("emails")).orElseThrow();
  private static final JsonNode WORK =
      Json.parse(
          "{\"type\":\"work\",\"value\":\"Jörg@ex.org\",\"primary\":true,\"display\":\"\"}"
              .getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @Clause({"rfc7644/3.4.2.2/4", "rfc7644/3.4.2.2/5"})
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type eq \"WORK\"                        | true",
        "type ne \"work\"                        | false",
        "value eq \"JÖRG@ex.org\"                | true",
        "value eq \"jo\\u0308rg@ex.org\"         | true",
        "value sw \"jörg\"                       | true",
        "value ew \".org\"                       | true",
        "value co \"%\"                          | false",
        "value co \"\"                           | true",
        "value gt \"a\"                          | true",
        "value lt \"a\"                          | false",
        "primary eq true                         | true",
        "primary eq \"True\"                     | true",
        "primary ne true                         | false",
        "display pr                              | false",
        "value pr                                | true",
        "type eq \"work\" and not (primary eq false) | true",
        "type eq \"home\" or primary eq true     | true",
        "type eq null                            | false",
        "type ne null                            | true",
      })
  void anElementMatches(String filter, boolean matches) {
    Filter checked = FilterCheck.checkElement(EMAILS, FilterParser.parseValueFilter(filter));

    assertThat(FilterMatcher.matches(checked, EMAILS, WORK)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "type eq \"\"      | false",
        "type ne \"work\"  | true",
        "type gt \"\"      | false",
        "type pr           | false",
        "type eq null      | true",
        "primary eq false  | false",
      })
  void anAbsentValueOnlyDiffers(String filter, boolean matches) {
    Filter checked = FilterCheck.checkElement(EMAILS, FilterParser.parseValueFilter(filter));

    assertThat(FilterMatcher.matches(checked, EMAILS, Json.parse(new byte[] {'{', '}'})))
        .isEqualTo(matches);
  }
}
