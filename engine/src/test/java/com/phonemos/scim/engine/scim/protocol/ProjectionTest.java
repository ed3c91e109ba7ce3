package com.phonemos.scim.engine.scim.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaExtension;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final String USER =
      "{'schemas':['s'],'id':'1','userName':'joe','name':{'givenName':'J','familyName':'D'},"
          + "'emails':[{'value':'a','type':'work'},{'value':'b'}],'E':{'department':'IT','division':'X'}}";

  private static final String BADGE = "urn:acme:scim:2.0:Badge";
  private static final String HOLDER =
      "{'userName':'joe','B':{'serial':'1','site':'X','photo':'QQ==',"
          + "'keys':[{'value':'k','opens':'all'}]}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "userName             | {'schemas':['s'],'id':'1','userName':'joe'}",
        "USERNAME, name.GivenName"
            + " | {'schemas':['s'],'id':'1','userName':'joe','name':{'givenName':'J'}}",
        "emails.value         | {'schemas':['s'],'id':'1','emails':[{'value':'a'},{'value':'b'}]}",
        "name.givenName,name  |"
            + " {'schemas':['s'],'id':'1','name':{'givenName':'J','familyName':'D'}}",
        "E:department         | {'schemas':['s'],'id':'1','E':{'department':'IT'}}",
        "E                    | {'schemas':['s'],'id':'1','E':{'department':'IT','division':'X'}}",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName"
            + " | {'schemas':['s'],'id':'1','userName':'joe'}",
        "nope,a..b,           | {'schemas':['s'],'id':'1'}",
      })
  void onlyTheNamedAttributesAreReturned(String attributes, String expected) {
    assertThat(apply(Optional.of(attributes), Optional.empty())).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "name,emails,E        | {'schemas':['s'],'id':'1','userName':'joe'}",
        "id,schemas,name,emails,E | {'schemas':['s'],'id':'1','userName':'joe'}",
        "name.givenName,emails.type,E:division"
            + " | {'schemas':['s'],'id':'1','userName':'joe','name':{'familyName':'D'},"
            + "'emails':[{'value':'a'},{'value':'b'}],'E':{'department':'IT'}}",
      })
  void theExcludedAttributesAreLeftOut(String excluded, String expected) {
    assertThat(apply(Optional.empty(), Optional.of(excluded))).isEqualTo(json(expected));
  }

  @Test
  void membersThatNobodyAsksForNeedNotBeRead() {
    assertThat(group("", "members").leavesOut("members")).isTrue();
    assertThat(group("", "displayName").leavesOut("members")).isFalse();
    assertThat(group("", "members.display").leavesOut("members")).isFalse();
    assertThat(group("displayName", "").leavesOut("members")).isTrue();
    assertThat(group("members.value", "").leavesOut("members")).isFalse();
    assertThat(group("", "").leavesOut("members")).isFalse();
    assertThat(group("", "").isDefault()).isTrue();
  }

  /** {@code serial} is returned always; {@code photo} and what a key {@code opens} on request. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "                   | |"
            + " {'userName':'joe','B':{'serial':'1','site':'X','keys':[{'value':'k'}]}}",
        "userName           | | {'userName':'joe','B':{'serial':'1'}}",
        "B                  | | {'B':{'serial':'1','site':'X','keys':[{'value':'k'}]}}",
        "B:photo            | | {'B':{'serial':'1','photo':'QQ=='}}",
        "B:keys             | | {'B':{'serial':'1','keys':[{'value':'k'}]}}",
        "B:keys.opens       | | {'B':{'serial':'1','keys':[{'value':'k','opens':'all'}]}}",
        "                   | B | {'userName':'joe','B':{'serial':'1'}}",
        "                   | B:serial,B:keys | {'userName':'joe','B':{'serial':'1','site':'X'}}",
        "                   | userName | {'B':{'serial':'1','site':'X','keys':[{'value':'k'}]}}",
      })
  void theSchemaDecidesWhatIsReturnedAlwaysAndWhatOnRequest(
      String attributes, String excluded, String expected) {
    Projection projection =
        Projection.parse(
            badges(),
            ResourceType.USER,
            Optional.ofNullable(attributes).map(names -> names.replace("B", BADGE)),
            Optional.ofNullable(excluded).map(names -> names.replace("B", BADGE)));

    assertThat(projection.apply(json(HOLDER.replace("'B'", '"' + BADGE + '"'))))
        .isEqualTo(json(expected.replace("'B'", '"' + BADGE + '"')));
  }

  @Test
  void whatTheClientHasJustWrittenIsReturnedWithoutRequest() {
    Projection projection =
        Projection.parse(
            badges(),
            ResourceType.USER,
            Optional.empty(),
            Optional.empty(),
            path -> path.equals(List.of(BADGE, "photo")));

    ObjectNode shown = projection.apply(json(HOLDER.replace("'B'", '"' + BADGE + '"')));
    assertThat(shown.path(BADGE).has("photo")).isTrue();
    assertThat(shown.path(BADGE).path("keys").path(0).has("opens")).isFalse();
  }

  private static SchemaRegistry badges() {
    String document =
        """
        {"id": "%s", "name": "Badge", "attributes": [
          {"name": "serial", "type": "string", "returned": "always"},
          {"name": "site", "type": "string"},
          {"name": "photo", "type": "binary", "returned": "request"},
          {"name": "keys", "type": "complex", "multiValued": true, "subAttributes": [
            {"name": "value", "type": "string", "returned": "always"},
            {"name": "opens", "type": "string", "returned": "request"}]}]}
        """
            .formatted(BADGE);
    return SCHEMAS.with(
        List.of(
            new SchemaExtension(
                ResourceType.USER, Json.parse(document.getBytes(StandardCharsets.UTF_8)))));
  }

  @Test
  void bothParametersTogetherAreRefused() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> group("displayName", "members"))
        .satisfies(refused -> assertThat(refused.error().type()).contains(ScimType.INVALID_VALUE));
  }

  private static Projection group(String attributes, String excluded) {
    return Projection.parse(
        SCHEMAS,
        ResourceType.GROUP,
        Optional.of(attributes).filter(text -> !text.isEmpty()),
        Optional.of(excluded).filter(text -> !text.isEmpty()));
  }

  private static ObjectNode apply(Optional<String> attributes, Optional<String> excluded) {
    return Projection.parse(
            SCHEMAS,
            ResourceType.USER,
            attributes.map(ProjectionTest::written),
            excluded.map(ProjectionTest::written))
        .apply(json(USER));
  }

  /** {@code E} stands for the enterprise extension. */
  private static String written(String names) {
    return names.replaceAll("\\bE\\b", ENTERPRISE);
  }

  private static ObjectNode json(String text) {
    String json = text.replace('\'', '"').replace("\"E\"", '"' + ENTERPRISE + '"');
    return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }
}
