package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant's own schema extension: as good as one of the RFC's, and nobody else's. */
class SchemaExtensionEndpointTest {
  private static final String BADGE = "urn:acme:scim:2.0:Badge";

  private final ScimTenant tenant = TestEngine.tenant();

  @BeforeEach
  void extend() {
    new Rows(TestEngine.database())
        .update(
            "UPDATE tenant SET schemas = ?::json WHERE id = ?",
            """
            [{"type": "USER", "schema": {"id": "urn:acme:scim:2.0:Badge", "name": "Badge",
              "attributes": [
                {"name": "number", "type": "integer", "required": true},
                {"name": "site", "type": "string"},
                {"name": "photo", "type": "binary", "returned": "request"},
                {"name": "serial", "type": "string", "returned": "always"},
                {"name": "issued", "type": "dateTime", "mutability": "immutable"},
                {"name": "doors", "type": "complex", "multiValued": true, "subAttributes": [
                  {"name": "value", "type": "string", "required": true},
                  {"name": "lock", "type": "string", "mutability": "immutable"},
                  {"name": "floor", "type": "integer"}]},
                {"name": "keys", "type": "complex", "multiValued": true, "subAttributes": [
                  {"name": "type", "type": "string"},
                  {"name": "cut", "type": "string", "mutability": "immutable"}]}]}}]
            """,
            tenant.id().value());
  }

  @Test
  void itsAttributesAreKeptServedAndNamedInSchemas() {
    // When
    ScimAnswer created =
        tenant
            .user("anna")
            .with(BADGE, Map.of("NUMBER", 7, "site", "Bern", "unknown", "x"))
            .create()
            .expect(201);
    // Then
    assertThat(created.strings("/schemas")).contains(BADGE);
    assertThat(created.body().path(BADGE)).hasSize(2);
    assertThat(tenant.readUser(created.id()).expect(200).body()).isEqualTo(created.body());
    assertThat(tenant.user("berta").create().expect(201).strings("/schemas")).doesNotContain(BADGE);
  }

  @Test
  void whatItReturnsOnRequestOrAlwaysIsKeptByEveryAnswer() {
    // Given
    Map<String, Object> badge = Map.of("number", 7, "photo", "QUJD", "serial", "s1");
    // When
    ScimAnswer created = tenant.user("anna").with(BADGE, badge).create().expect(201);
    // Then: what was just sent comes back, nothing else that waits to be asked
    assertThat(created.body().path(BADGE).has("photo")).isTrue();
    assertThat(tenant.readUser(created.id()).expect(200).body().path(BADGE).has("photo")).isFalse();
    assertThat(tenant.get("/Users").expect(200).at("/Resources/0").path(BADGE).has("photo"))
        .isFalse();
    ScimAnswer patched = tenant.patchUser(created.id()).replace("title", "Chief").expect(200);
    assertThat(patched.body().path(BADGE).has("photo")).isFalse();
    patched = tenant.patchUser(created.id()).replace(BADGE + ":photo", "QUJE").expect(200);
    assertThat(patched.body().path(BADGE).path("photo").asText()).isEqualTo("QUJE");
    ScimAnswer asked =
        tenant.readUser(created.id()).query("attributes", BADGE + ":photo").expect(200);
    assertThat(asked.body().path(BADGE).path("photo").asText()).isEqualTo("QUJE");
    assertThat(asked.body().path(BADGE).path("serial").asText()).isEqualTo("s1");
    ScimAnswer without =
        tenant.readUser(created.id()).query("excludedAttributes", BADGE).expect(200);
    assertThat(without.body().path(BADGE).toString()).isEqualTo("{\"serial\":\"s1\"}");
  }

  @Test
  void itIsPatchedAndFilteredLikeAnyOther() {
    // Given
    ScimAnswer anna = tenant.user("anna").with(BADGE, Map.of("number", 7)).create().expect(201);
    tenant.user("berta").with(BADGE, Map.of("number", 8)).create().expect(201);
    // When
    tenant
        .patchUser(anna.id())
        .replace(BADGE + ":site", "Bern")
        .add(BADGE + ":doors[value eq \"d1\"].floor", 3)
        .operation("replace", Map.of(BADGE + ":number", 9))
        .expect(400, "noTarget");
    tenant
        .patchUser(anna.id())
        .replace(BADGE + ":site", "Bern")
        .operation("replace", Map.of(BADGE + ":number", 9))
        .expect(200);
    // Then
    assertThat(
            tenant
                .get("/Users")
                .query("filter", BADGE + ":site eq \"BERN\" and " + BADGE + ":number gt 8")
                .expect(200)
                .each("/Resources", "userName"))
        .containsExactly("anna");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"number\": \"seven\"}                             | number",
        "{\"site\": \"Bern\"}                                | Badge:number",
        "{\"number\": 7, \"issued\": \"yesterday\"}          | issued",
        "{\"number\": 7, \"doors\": [{\"floor\": 1}]}        | doors.value",
        "{\"number\": 1e999999999}                           | number",
      })
  void whatTheSchemaForbidsIsRefusedByItsName(String badge, String named) {
    assertThat(
            tenant
                .request("POST", "/Users")
                .body("{\"userName\": \"anna\", \"" + BADGE + "\": " + badge + "}")
                .expect(400, "invalidValue")
                .text("/detail"))
        .contains(named);
  }

  @Test
  @Clause("rfc7644/3.5.1/6")
  void whatIsImmutableKeepsTheValueItOnceGot() {
    // Given
    String issued = "2026-01-01T00:00:00Z";
    ScimAnswer anna = tenant.user("anna").with(BADGE, Map.of("number", 7)).create().expect(201);
    tenant.patchUser(anna.id()).add(BADGE + ":issued", issued).expect(200);
    // Then
    tenant
        .patchUser(anna.id())
        .replace(BADGE + ":issued", "2026-01-02T00:00:00Z")
        .expect(400, "mutability");
    tenant
        .user("anna")
        .with(BADGE, Map.of("number", 7))
        .replace(anna.id())
        .expect(400, "mutability");
    tenant
        .user("anna")
        .with(BADGE, Map.of("number", 8, "issued", issued))
        .replace(anna.id())
        .expect(200);
  }

  @Test
  void whatIsImmutableWithinAnElementKeepsItsValueAsLongAsTheElementIsThere() {
    // Given
    Map<String, Object> door = Map.of("value", "d1", "lock", "a", "floor", 1);
    Map<String, Object> key = Map.of("type", "spare", "cut", "x");
    ScimAnswer anna =
        tenant
            .user("anna")
            .with(BADGE, Map.of("number", 7, "doors", List.of(door), "keys", List.of(key)))
            .create()
            .expect(201);
    String doors = BADGE + ":doors[value eq \"d1\"]";
    // Then
    tenant.patchUser(anna.id()).replace(doors + ".floor", 2).expect(200);
    tenant.patchUser(anna.id()).replace(doors + ".lock", "a").expect(200);
    tenant.patchUser(anna.id()).replace(doors + ".lock", "b").expect(400, "mutability");
    tenant.patchUser(anna.id()).remove(doors + ".lock").expect(400, "mutability");
    tenant
        .patchUser(anna.id())
        .replace(BADGE + ":doors", List.of(Map.of("value", "d1", "lock", "b")))
        .expect(400, "mutability");
    tenant
        .user("anna")
        .with(BADGE, Map.of("number", 7, "doors", List.of(Map.of("value", "d1"))))
        .replace(anna.id())
        .expect(400, "mutability");
    tenant
        .patchUser(anna.id())
        .replace(BADGE + ":keys[type eq \"spare\"].cut", "y")
        .expect(400, "mutability");
    tenant
        .patchUser(anna.id())
        .replace(BADGE + ":doors", List.of(Map.of("value", "d2", "lock", "b")))
        .expect(200);
  }

  @Test
  void itIsDiscoveredByItsTenantAlone() {
    // Then
    assertThat(tenant.get("/Schemas/" + BADGE).expect(200).text("/attributes/1/name"))
        .isEqualTo("site");
    assertThat(tenant.get("/Schemas").expect(200).each("/Resources", "id")).contains(BADGE);
    assertThat(tenant.get("/ResourceTypes/User").expect(200).each("/schemaExtensions", "schema"))
        .contains(BADGE);
    ScimTenant other = TestEngine.tenant();
    other.get("/Schemas/" + BADGE).expect(404, "");
    assertThat(other.user("anna").with(BADGE, Map.of("number", 7)).create().expect(201).body())
        .noneMatch(value -> value.has("number"));
  }
}
