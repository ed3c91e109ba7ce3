package com.phonemos.scim.engine.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.patch.PatchReader;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What only some identity provider writes: forgiven as a rule, refused where the policy is strict.
 */
class StrictDialectTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();
  private static final String USER = "'schemas':['urn:ietf:params:scim:schemas:core:2.0:User']";
  private static final String PATCH =
      "'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'userName':'a'                                                        | invalidValue",
        "'schemas':['urn:scim:schemas:core:1.0'],'userName':'a'                | invalidValue",
        "USER,'userName':'a','unknown':1                                       | invalidSyntax",
        "USER,'userName':'a','active':'True'                                   | invalidValue",
        "USER,'userName':'a','emails':[{'value':'x','type':'private'}]         | invalidValue",
        "USER,'userName':'a','name':[{'givenName':'x'}]                        | invalidValue",
        "USER,'userName':'a','name':{'nickname':'x'}                           | invalidValue",
        "USER,'userName':'a','urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':"
            + "{'manager':'x'} | invalidValue",
      })
  void aBodyIsForgivenOrRefused(String members, String scimType) {
    ObjectNode body = json("{" + members.replace("USER", USER) + "}");

    BodyReader.read(SCHEMAS, ResourceType.USER, Dialect.AUTO, body);

    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> BodyReader.read(SCHEMAS, ResourceType.USER, Dialect.STRICT, body))
        .satisfies(refused ->
            assertThat(refused.error().type().map(ScimType::keyword)).contains(scimType));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'Operations':[{'op':'add','path':'title','value':'x'}]                | invalidSyntax",
        "PATCH'Operations':[{'op':'Add','path':'title','value':'x'}]           | invalidSyntax",
        "PATCH'Operations':[{'op':'replace','value':{'active':false}}]         | invalidPath",
        "PATCH'Operations':[{'op':'replace','path':'active','value':'False'}]  | invalidValue",
        "PATCH'Operations':[{'op':'add','path':'emails','value':{'value':'x'}}] | invalidValue",
        "PATCH'Operations':[{'op':'remove','path':'emails','value':[{'value':'x'}]}]"
            + " | invalidSyntax",
        "PATCH'Operations':[{'op':'add','path':'urn:other:1.0:x','value':'x'}] | invalidPath",
      })
  @Clause("rfc7644/3.5.2/11")
  void aPatchIsForgivenOrRefused(String members, String scimType) {
    ObjectNode body = json("{" + members.replace("PATCH", PATCH) + "}");

    PatchReader.read(SCHEMAS, ResourceType.USER, Dialect.AUTO, body);

    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> PatchReader.read(SCHEMAS, ResourceType.USER, Dialect.STRICT, body))
        .satisfies(refused ->
            assertThat(refused.error().type().map(ScimType::keyword)).contains(scimType));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {"{'x':'a\\u0000b'}", "['\\ud800']", "1e999999999", "{'a\\u0000':1}"})
  void whatCannotBeStoredIsRefusedWhereverItStands(String value) {
    for (String name : new String[] {"unknown", "meta", "urn:other:1.0:X"}) {
      ObjectNode body = json("{'userName':'a','" + name + "':" + value + "}");

      assertThatExceptionOfType(ScimException.class)
          .isThrownBy(() -> BodyReader.read(SCHEMAS, ResourceType.USER, Dialect.AUTO, body))
          .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(400));
    }
  }

  private static ObjectNode json(String text) {
    return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
