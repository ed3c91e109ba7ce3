package com.phonemos.scim.engine.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchReaderTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // No operations
        "{}                                                     | invalidSyntax",
        "{'Operations':[]}                                      | invalidSyntax",
        "{'Operations':{}}                                      | invalidSyntax",
        "{'Operations':[1]}                                     | invalidSyntax",
        // No verb
        "{'Operations':[{'path':'title','value':'x'}]}          | invalidSyntax",
        "{'Operations':[{'op':'frobnicate','path':'title'}]}    | invalidSyntax",
        "{'Operations':[{'op':1,'path':'title'}]}               | invalidSyntax",
        "{'Operations':[{'op':'remove'}]}                       | noTarget",
        // No value
        "{'Operations':[{'op':'add','path':'title'}]}           | invalidValue",
        "{'Operations':[{'op':'replace','path':'title'}]}       | invalidValue",
        "{'Operations':[{'op':'replace'}]}                      | invalidValue",
        "{'Operations':[{'op':'add','value':'{\\\"title\\\":1}'}]} | invalidValue",
        "{'Operations':[{'op':'add','path':1,'value':'x'}]}     | invalidPath",
        // The required stays
        "{'Operations':[{'op':'replace','path':'userName','value':''}]}   | invalidValue",
        "{'Operations':[{'op':'replace','path':'userName','value':null}]} | invalidValue",
        // Clearing active would activate
        "{'Operations':[{'op':'replace','path':'active','value':''}]}     | invalidValue",
        "{'Operations':[{'op':'replace','path':'active','value':null}]}   | invalidValue",
        "{'Operations':[{'op':'replace','value':{'active':null}}]}        | invalidValue",
      })
  void aMalformedPatchIsRefused(String body, String scimType) {
    assertThat(refusal(ResourceType.USER, body)).isEqualTo("400 " + scimType);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "emails[                        | invalidPath",
        "[                              | invalidPath",
        "a..b                           | invalidPath",
        ".a                             | invalidPath",
        "a.                             | invalidPath",
        "emails[type eq]                | invalidPath",
        "emails[type eq \\\"work\\\"]x  | invalidPath",
        "emails.value.x                 | invalidPath",
        "nope                           | invalidPath",
        "name.nope                      | invalidPath",
        "title[value eq \\\"x\\\"]      | invalidPath",
        "__proto__.x                    | invalidPath",
        "id                             | mutability",
        "meta                           | mutability",
        "meta.created                   | mutability",
        "schemas                        | mutability",
        "groups                         | mutability",
        "urn:ietf:params:scim:schemas:core:2.0:User:id | mutability",
      })
  void aPathThatLeadsNowhereIsRefused(String path, String scimType) {
    String body = "{'Operations':[{'op':'replace','path':'" + path + "','value':'x'}]}";

    assertThat(refusal(ResourceType.USER, body)).isEqualTo("400 " + scimType);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "active               | 'maybe'",
        "active               | 1",
        "title                | 1",
        "title                | {'a':1}",
        "emails               | ['x']",
        "emails               | [[{'value':'x'}]]",
        "emails               | [{'value':'x','primary':true},{'value':'y','primary':true}]",
        "x509Certificates     | [{'value':'***'}]",
        "name                 | 'Joe'",
        "displayName          | 'a\\u0000b'",
        "displayName          | 'a\\ud800b'",
      })
  void aValueOfTheWrongTypeIsRefused(String path, String value) {
    String body = "{'Operations':[{'op':'replace','path':'" + path + "','value':" + value + "}]}";

    assertThat(refusal(ResourceType.USER, body)).isEqualTo("400 invalidValue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'op':'add','path':'members','value':[{'value':'nobody'}]}          | invalidValue",
        "{'op':'add','path':'members','value':[{'value':'1-1-1-1-00000000000000000000000000001'}]}"
            + " | invalidValue",
        "{'op':'add','path':'members','value':[{}]}                          | invalidValue",
        "{'op':'remove','path':'members[$ref eq \\\"x\\\"]'}                 | invalidFilter",
        "{'op':'remove','path':'members[not ($ref pr)]'}                     | invalidFilter",
        "{'op':'replace','path':'members[value eq \\\"x\\\"].display','value':'x'} | mutability",
      })
  void aMemberThatCannotBeIsRefused(String operation, String scimType) {
    assertThat(refusal(ResourceType.GROUP, "{'Operations':[" + operation + "]}"))
        .isEqualTo("400 " + scimType);
  }

  @Test
  void aFilterInQuotesIsAnExactLiteral() {
    // When
    Patch patch =
        read(
            ResourceType.GROUP,
            "{'Operations':[{'op':'remove','path':'members[value eq \\\"x\\\\\\\" or value"
                + " pr\\\"]'}]}");
    // Then
    assertThat(patch.memberChanges()).containsExactly(new MemberChange.Remove(java.util.Set.of()));
  }

  @Test
  void deepParenthesesInAPathAreRefused() {
    String filter = "(".repeat(3_000) + "value pr" + ")".repeat(3_000);

    assertThat(
            refusal(
                ResourceType.GROUP,
                "{'Operations':[{'op':'remove','path':'members[" + filter + "]'}]}"))
        .isEqualTo("400 invalidPath");
  }

  @Test
  void tooManyOperationsAreRefusedWith413() {
    String one = "{'op':'replace','path':'title','value':'x'}";

    assertThat(read(ResourceType.USER, operations(one, 1_000)).operations()).hasSize(1_000);
    assertThat(refusal(ResourceType.USER, operations(one, 1_001))).isEqualTo("413 -");
  }

  @Test
  void tooManyMembersAreRefusedWith413() {
    String one = "{'value':'11111111-1111-4111-8111-111111111111'}";
    String members = String.join(",", java.util.Collections.nCopies(10_001, one));

    assertThat(
            refusal(
                ResourceType.GROUP,
                "{'Operations':[{'op':'add','path':'members','value':[" + members + "]}]}"))
        .isEqualTo("413 -");
  }

  @Test
  void addingNothingChangesNothing() {
    // When
    Patch patch =
        read(
            ResourceType.USER,
            "{'Operations':[{'op':'add','value':{'emails':[],'name':{},'title':null}}]}");
    // Then
    assertThat(patch.operations()).isEmpty();
  }

  private static String operations(String one, int count) {
    return "{'Operations':[" + String.join(",", java.util.Collections.nCopies(count, one)) + "]}";
  }

  private static String refusal(ResourceType type, String body) {
    ScimError[] error = new ScimError[1];
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> read(type, body))
        .satisfies(refused -> error[0] = refused.error());
    return error[0].status() + " " + error[0].type().map(ScimType::keyword).orElse("-");
  }

  private static Patch read(ResourceType type, String body) {
    byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return PatchReader.read(SCHEMAS, type, Dialect.AUTO, Json.parseObject(json));
  }
}
