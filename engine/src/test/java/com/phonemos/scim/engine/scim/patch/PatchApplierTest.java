package com.phonemos.scim.engine.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchApplierTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final String USER =
      """
      {"userName":"joe","title":"A","name":{"givenName":"Joe","familyName":"Doe"},
       "emails":[{"type":"work","value":"w@ex.org","primary":true},{"type":"home","value":"h@ex.org"}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // §3.5.2.1
        "add     | title                          | 'A'",
        "add     | emails                         | [{'type':'home','value':'h@ex.org'}]",
        "add     | name                           | {'givenName':'Joe'}",
        "add     | emails[type eq \\\"home\\\"]   | {'value':'h@ex.org'}",
        "add     | emails[type eq \\\"work\\\"].primary | true",
        // §3.5.2.3
        "replace | title                          | 'A'",
        "replace | name                           | {'familyName':'Doe'}",
        "replace | emails[type eq \\\"HOME\\\"].value | 'h@ex.org'",
        // §3.5.2.2
        "remove  | emails[type eq \\\"other\\\"]  | null",
        "remove  | nickName                       | null",
        "remove  | roles                          | null",
        "remove  | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager | null",
      })
  void whatIsThereAlreadyChangesNothing(String op, String path, String value) {
    assertThat(patched(op, path, value)).isEqualTo(json(USER));
  }

  @Test
  @Clause({"rfc7644/3.5.2.1/3", "rfc7644/3.5.2.3/6"})
  void aComplexAttributeKeepsWhatTheValueDoesNotName() {
    for (String op : new String[] {"add", "replace"}) {
      assertThat(patched(op, "name", "{'givenName':'Jo'}").path("name"))
          .isEqualTo(json("{'givenName':'Jo','familyName':'Doe'}"));
    }
  }

  @Test
  @Clause("rfc7644/3.5.2.1/6")
  void aSingleValueIsReplacedByTheOneThatIsAdded() {
    assertThat(patched("add", "title", "'B'").path("title").asText()).isEqualTo("B");
    assertThat(patched("add", "name.givenName", "'Jo'").at("/name/givenName").asText())
        .isEqualTo("Jo");
  }

  @Test
  @Clause("rfc7644/3.5.2.3/3")
  void aMultiValuedAttributeIsReplacedWhole() {
    assertThat(patched("replace", "emails", "[{'value':'x@ex.org'}]").path("emails"))
        .isEqualTo(json("{'e':[{'value':'x@ex.org'}]}").path("e"));
  }

  @Test
  @Clause("rfc7644/3.5.2/6")
  void aNewPrimaryRelievesTheOneBefore() {
    assertThat(patched("add", "emails", "[{'value':'x@ex.org','primary':true}]").path("emails"))
        .isEqualTo(
            json("{'e':[{'type':'work','value':'w@ex.org','primary':false},"
                    + "{'type':'home','value':'h@ex.org'},{'value':'x@ex.org','primary':true}]}")
                .path("e"));
    assertThat(
            patched("replace", "emails[type eq \\\"home\\\"].primary", "true")
                .at("/emails/0/primary")
                .booleanValue())
        .isFalse();
  }

  @ParameterizedTest
  @Clause("rfc7644/3.5.2.3/5")
  @ValueSource(strings = {"emails.display", "emails[value ew \\\"ex.org\\\"].display"})
  void aSubAttributeIsThatOfEveryElementThatIsSelected(String path) {
    assertThat(patched("replace", path, "'x'").path("emails"))
        .hasSize(2)
        .allSatisfy(email -> assertThat(email.path("display").asText()).isEqualTo("x"));
  }

  @Test
  @Clause("rfc7644/3.5.2.2/3")
  void anElementWhoseValueIsRemovedGoes() {
    assertThat(patched("remove", "emails[type eq \\\"work\\\"].value", "null").path("emails"))
        .hasSize(1);
    assertThat(patched("remove", "emails", "null").has("emails")).isFalse();
  }

  @Test
  void onlyListedElementsAreRemoved() {
    assertThat(patched("remove", "emails", "[{'value':'h@ex.org'}]").path("emails")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "replace | emails[type eq \\\"other\\\"]              | {'value':'x'} | noTarget",
        "replace | emails[value eq \\\"gone\\\"].value         | 'x'           | noTarget",
        "replace | emails[type co \\\"other\\\"].value         | 'x'           | noTarget",
        "add     | emails[type eq \\\"a\\\" or type eq \\\"b\\\"].value | 'x'  | noTarget",
        "remove  | userName                                    | null          | mutability",
        "replace | userName                                    | '  '          | invalidValue",
      })
  void whatCannotBeDoneIsRefused(String op, String path, String value, String scimType) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> patched(op, path, value))
        .satisfies(refused ->
            assertThat(refused.error().type().map(ScimType::keyword)).contains(scimType));
  }

  @Test
  void nothingIsDoneWhenOneOperationFails() {
    // Given
    Attributes before = Attributes.of(json(USER));
    Patch patch =
        read(
            "{'op':'replace','path':'title','value':'B'},"
                + "{'op':'replace','path':'emails[type eq \\\"work\\\"].value','value':'x'},"
                + "{'op':'remove','path':'userName'}");
    // When
    assertThatExceptionOfType(ScimException.class).isThrownBy(() -> patch.apply(before));
    // Then
    assertThat(before.json()).isEqualTo(json(USER));
  }

  @Test
  void aPatchMayBeAppliedTwice() {
    // Given
    Patch patch =
        read(
            "{'op':'add','path':'emails','value':[{'value':'x@ex.org'}]},{'op':'replace','path':'emails[value"
                + " eq \\\"x@ex.org\\\"].type','value':'other'}");
    // When
    ObjectNode first = apply(patch);
    ObjectNode second = apply(patch);
    // Then
    assertThat(first).isEqualTo(second);
    assertThat(first.at("/emails/2/type").asText()).isEqualTo("other");
  }

  private static ObjectNode patched(String op, String path, String value) {
    String valueOrNone = value.equals("null") ? "" : ",'value':" + value;
    return apply(read("{'op':'" + op + "','path':'" + path + "'" + valueOrNone + "}"));
  }

  private static ObjectNode apply(Patch patch) {
    Attributes before = Attributes.of(json(USER));
    return patch.apply(before).json();
  }

  private static Patch read(String operations) {
    return PatchReader.read(
        SCHEMAS, ResourceType.USER, Dialect.AUTO, json("{'Operations':[" + operations + "]}"));
  }

  private static ObjectNode json(String text) {
    return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
