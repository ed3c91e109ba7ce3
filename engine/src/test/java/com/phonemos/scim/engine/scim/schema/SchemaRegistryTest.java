package com.phonemos.scim.engine.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

  @ParameterizedTest
  @CsvSource({
    "USERNAME, userName",
    "name.FAMILYNAME, name.familyName",
    "externalid, externalId",
    "Id, id",
    "META.lastmodified, meta.lastModified",
    "schemas, schemas",
    "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName, name.familyName",
    "URN:IETF:params:scim:schemas:core:2.0:USER:emails.$REF, ''",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:MANAGER.value,"
        + " urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user,"
        + " urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  })
  void aPathGetsTheSchemasSpelling(String text, String canonical) {
    AttributePath path = AttributePath.parse(text).orElseThrow();

    assertThat(
            SCHEMAS
                .resolve(ResourceType.USER, path)
                .map(found -> found.path().toString())
                .orElse(""))
        .isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "a.b.c", "1a", "_a", "$", "a b", "a:b", "a[b]", "é"})
  void aMalformedPathIsNone(String text) {
    assertThat(AttributePath.parse(text)).isEmpty();
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> SCHEMAS.parsePath(ResourceType.USER, text))
        .satisfies(refused -> assertThat(refused.error().type()).contains(ScimType.INVALID_PATH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName",
        "name.givenName",
        "members.$ref",
        "urn:ietf:params:scim:schemas:core:2.0:User:name.givenName",
      })
  void aPathPrintsAsItWasWritten(String text) {
    assertThat(AttributePath.parse(text).orElseThrow()).hasToString(text);
  }

  @Test
  void theDefinitionsAreThoseOfTheRfc() {
    // When
    Attribute userName = find("userName");
    Attribute password = find("password");
    Attribute primary = find("emails.primary");
    Attribute groups = find("groups");
    // Then
    assertThat(userName.required()).isTrue();
    assertThat(userName.caseExact()).isFalse();
    assertThat(userName.uniqueness()).isEqualTo(Attribute.Uniqueness.SERVER);
    assertThat(password.mutability()).isEqualTo(Attribute.Mutability.WRITE_ONLY);
    assertThat(password.returned()).isEqualTo(Attribute.Returned.NEVER);
    assertThat(primary.type()).isEqualTo(Attribute.Type.BOOLEAN);
    assertThat(groups.mutability()).isEqualTo(Attribute.Mutability.READ_ONLY);
    assertThat(find("emails.type").canonicalValues()).containsExactly("work", "home", "other");
    assertThat(find("x509Certificates.value").type()).isEqualTo(Attribute.Type.BINARY);
    assertThat(find("meta.created").type()).isEqualTo(Attribute.Type.DATE_TIME);
    assertThat(find("externalId").caseExact()).isTrue();
    assertThat(find("id").caseExact()).isTrue();
  }

  private static Attribute find(String path) {
    return SCHEMAS.find(ResourceType.USER, AttributePath.parse(path).orElseThrow()).orElseThrow();
  }
}
