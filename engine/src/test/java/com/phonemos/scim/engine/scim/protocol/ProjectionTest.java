package com.phonemos.scim.engine.scim.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
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
