package com.phonemos.scim.engine.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final UUID ALICE = UUID.fromString("11111111-1111-4111-8111-111111111111");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // Names
        "'USERNAME':'joe'                           | {'userName':'joe'}",
        "'userName':'joe','Name':{'GIVENNAME':'J'}  | {'userName':'joe','name':{'givenName':'J'}}",
        // Absence (RFC 7643 §2.5)
        "'userName':'joe','title':null,'emails':[],'name':{},'roles':null | {'userName':'joe'}",
        "'userName':'joe','emails':[null,{'value':'x','type':null}]"
            + " | {'userName':'joe','emails':[{'value':'x'}]}",
        "'userName':'joe','title':''                | {'userName':'joe','title':''}",
        // Ignored
        "'userName':'joe','id':'x','meta':{'resourceType':'User'},'groups':[{'value':'g'}]"
            + " | {'userName':'joe'}",
        "'userName':'joe','__proto__':{'x':1},'constructor':1,'@type':'x','class':'y'"
            + " | {'userName':'joe'}",
        "'userName':'joe','realmRoles':['admin'],'credentials':[{}] | {'userName':'joe'}",
        "'userName':'joe','password':'aB3dEf9h'     | {'userName':'joe'}",
        // Entra ID's booleans
        "'userName':'joe','active':'False'          | {'userName':'joe','active':false}",
        "'userName':'joe','active':'true'           | {'userName':'joe','active':true}",
        "'userName':'joe','roles':[{'primary':'True','value':'x'}]"
            + " | {'userName':'joe','roles':[{'primary':true,'value':'x'}]}",
        // Stored as they are
        "'userName':'joe','locale':'xx_garbage','timezone':'nowhere','profileUrl':'word' |"
            + " {'userName':'joe','locale':'xx_garbage','timezone':'nowhere','profileUrl':'word'}",
        "'userName':' Joe '                         | {'userName':' Joe '}",
        "'userName':'joe','displayName':'<script>\\u202e${jndi:ldap://x}\\n'"
            + " | {'userName':'joe','displayName':'<script>\\u202e${jndi:ldap://x}\\n'}",
      })
  void aBodyIsReadInTheSchemasTerms(String members, String expected) {
    assertThat(read(ResourceType.USER, "{" + members + "}").attributes().json())
        .isEqualTo(json(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'m1'",
        "{'value':'m1'}",
        "[{'value':'m1'}]",
        "{'value':'m1','$ref':'javascript:alert(1)','displayName':'Max'}",
      })
  void aManagerIsAnObject(String manager) {
    String body = "{'userName':'joe','" + ENTERPRISE + "':{'manager':" + manager + "}}";

    assertThat(read(ResourceType.USER, body).attributes().json().path(ENTERPRISE).path("manager"))
        .isEqualTo(json("{'value':'m1'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "{'value':''}", "null", "[]", "{}"})
  void anEmptyManagerIsNone(String manager) {
    String body =
        "{'userName':'joe','"
            + ENTERPRISE.toUpperCase(java.util.Locale.ROOT)
            + "':{'manager':"
            + (manager.equals("[]") ? "null" : manager)
            + "}}";

    assertThat(read(ResourceType.USER, body).attributes().json())
        .isEqualTo(json("{'userName':'joe'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "['urn:ietf:params:scim:schemas:core:2.0:User']",
        "['URN:ietf:params:scim:schemas:core:2.0:user']",
        "['urn:ietf:params:scim:schemas:core:2.0:User','urn:example:2.0:Custom']",
        "['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User']",
        "['urn:scim:schemas:core:2.0','urn:scim:schemas:extension:enterprise:2.0']",
      })
  void theSchemasOfIdentityProvidersAreTaken(String schemas) {
    assertThat(
            read(ResourceType.USER, "{'userName':'joe','schemas':" + schemas + "}")
                .attributes()
                .json())
        .isEqualTo(json("{'userName':'joe'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{}                                                   | invalidValue",
        "{'userName':null}                                    | invalidValue",
        "{'userName':''}                                      | invalidValue",
        "{'userName':'   '}                                   | invalidValue",
        "{'userName':1}                                       | invalidValue",
        "{'userName':{}}                                      | invalidValue",
        "{'userName':['joe']}                                 | invalidValue",
        "{'userName':'a\\u0000b'}                             | invalidValue",
        "{'userName':'a\\ud800'}                              | invalidValue",
        "{'userName':'a\\udc00b'}                             | invalidValue",
        "{'userName':'joe','userNAME':'jim'}                  | invalidSyntax",
        "{'userName':'joe','name':{'givenName':'a','GivenName':'b'}} | invalidSyntax",
        "{'userName':'joe','schemas':'x'}                     | invalidSyntax",
        "{'userName':'joe','schemas':['urn:example:nope']}    | invalidValue",
        "{'userName':'joe','active':'maybe'}                  | invalidValue",
        "{'userName':'joe','active':1}                        | invalidValue",
        "{'userName':'joe','active':''}                       | invalidValue",
        "{'userName':'joe','emails':'x'}                      | invalidValue",
        "{'userName':'joe','emails':{'value':'x'}}            | invalidValue",
        "{'userName':'joe','emails':['x']}                    | invalidValue",
        "{'userName':'joe','emails':[[{'value':'x'}]]}        | invalidValue",
        "{'userName':'joe','emails':[{'value':{'a':1}}]}      | invalidValue",
        "{'userName':'joe','emails':[{'value':'x','primary':true},{'value':'y','primary':'True'}]}"
            + " | invalidValue",
        "{'userName':'joe','name':'Joe'}                      | invalidValue",
        "{'userName':'joe','x509Certificates':[{'value':'no base64!'}]} | invalidValue",
        "{'userName':'joe','password':1}                      | invalidValue",
      })
  void aBadUserIsRefused(String body, String scimType) {
    assertThat(refusal(ResourceType.USER, body)).isEqualTo("400 " + scimType);
  }

  @Test
  void theSizesHoldExactly() {
    String one = "{'value':'x'}";
    read(ResourceType.USER, "{'userName':'" + "😀".repeat(1_024) + "'}");
    assertThat(refusal(ResourceType.USER, "{'userName':'" + "x".repeat(1_025) + "'}"))
        .isEqualTo("400 invalidValue");
    read(ResourceType.GROUP, "{'displayName':'" + "x".repeat(255) + "'}");
    assertThat(refusal(ResourceType.GROUP, "{'displayName':'" + "x".repeat(256) + "'}"))
        .isEqualTo("400 invalidValue");
    read(ResourceType.USER, emails(Collections.nCopies(10_000, one)));
    assertThat(refusal(ResourceType.USER, emails(Collections.nCopies(10_001, one))))
        .isEqualTo("400 invalidValue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['11111111-1111-4111-8111-111111111111']",
        "[{'value':'11111111-1111-4111-8111-111111111111'}]",
        "[{'value':'11111111-1111-4111-8111-111111111111','display':null,'$ref':null,'type':'User'}]",
        "[{'value':'11111111-1111-4111-8111-111111111111'},"
            + "{'value':'11111111-1111-4111-8111-111111111111'}]",
      })
  void membersAreASetOfIds(String members) {
    assertThat(read(ResourceType.GROUP, "{'displayName':'x','members':" + members + "}").members())
        .contains(Set.of(ALICE));
  }

  @Test
  void absentMembersDifferFromNone() {
    assertThat(read(ResourceType.GROUP, "{'displayName':'x'}").members()).isEmpty();
    assertThat(read(ResourceType.GROUP, "{'displayName':'x','members':null}").members()).isEmpty();
    assertThat(read(ResourceType.GROUP, "{'displayName':'x','members':[]}").members())
        .contains(Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'displayName':''}                                     | invalidValue",
        "{'externalId':'x'}                                     | invalidValue",
        "{'displayName':'x','members':'y'}                      | invalidValue",
        "{'displayName':'x','members':[{'value':'y'}]}          | invalidValue",
        "{'displayName':'x','members':[1]}                      | invalidValue",
        "{'displayName':'x','members':[{'display':'y'}]}        | invalidValue",
      })
  void aBadGroupIsRefused(String body, String scimType) {
    assertThat(refusal(ResourceType.GROUP, body)).isEqualTo("400 " + scimType);
  }

  @Test
  void aRefusalNamesTheAttributeAndNoValue() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> read(ResourceType.USER, "{'userName':'joe','active':'secret'}"))
        .satisfies(refused ->
            assertThat(refused.error().detail()).contains("active").doesNotContain("secret"));
  }

  private static String emails(java.util.List<String> elements) {
    return "{'userName':'joe','emails':[" + String.join(",", elements) + "]}";
  }

  private static BodyReader.Body read(ResourceType type, String body) {
    return BodyReader.read(SCHEMAS, type, Dialect.AUTO, json(body));
  }

  private static ObjectNode json(String text) {
    return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(ResourceType type, String body) {
    String[] refusal = new String[1];
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> read(type, body))
        .satisfies(refused ->
            refusal[0] =
                refused.error().status()
                    + " "
                    + refused.error().type().map(ScimType::keyword).orElse("-"));
    return refusal[0];
  }
}
