package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimPatch;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What identity providers send that the standard does not have, in their own shapes. */
class DialectEndpointTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private final ScimTenant tenant = TestEngine.tenant();
  private UUID anna;
  private UUID berta;

  @BeforeEach
  void createUsers() {
    anna =
        tenant
            .user("anna@example.org")
            .with("emails", List.of(Map.of("value", "a@x.org", "type", "work", "primary", true)))
            .create()
            .expect(201)
            .id();
    berta = tenant.user("berta@example.org").create().expect(201).id();
  }

  @Test
  void entraDisablesWithACapitalOperationAndATextualFalse() {
    // When
    ScimAnswer patched = tenant.patchUser(anna).operation("Replace", "active", "False").expect(200);
    // Then
    assertThat(patched.at("/active").isBoolean()).isTrue();
    assertThat(patched.at("/active").booleanValue()).isFalse();
  }

  @Test
  void entraAddsAndReplacesBySelectedType() {
    // When
    ScimAnswer patched =
        tenant
            .patchUser(anna)
            .operation("Replace", "emails[type eq \"work\"].value", "anna@new.org")
            .operation("Add", "phoneNumbers[type eq \"mobile\"].value", "+41 1")
            .operation("Add", "name.givenName", "Anna")
            .operation("Add", ENTERPRISE + ":department", "Sales")
            .expect(200);
    // Then
    assertThat(patched.each("/emails", "value")).containsExactly("anna@new.org");
    assertThat(patched.text("/phoneNumbers/0/value")).isEqualTo("+41 1");
    assertThat(patched.text("/phoneNumbers/0/type")).isEqualTo("mobile");
    assertThat(patched.body().path(ENTERPRISE).path("department").asText()).isEqualTo("Sales");
    assertThat(patched.strings("/schemas")).contains(ENTERPRISE);
  }

  @Test
  void entraSetsTheManagerByABareId() {
    // When
    ScimAnswer patched =
        tenant
            .patchUser(anna)
            .operation("Add", ENTERPRISE + ":manager", berta.toString())
            .expect(200);
    // Then
    assertThat(patched.body().path(ENTERPRISE).path("manager").path("value").asText())
        .isEqualTo(berta.toString());
  }

  @Test
  @Clause("rfc7644/3.5.2.3/1")
  void entraWithItsFlagSendsDottedKeysWithoutAPath() {
    // Given
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("displayName", "Anna A.");
    changes.put("name.familyName", "A.");
    changes.put(ENTERPRISE + ":department", "Sales");
    // When
    ScimAnswer patched =
        tenant
            .patchUser(anna)
            .operation("replace", "active", false)
            .operation("replace", changes)
            .expect(200);
    // Then
    assertThat(patched.at("/active").booleanValue()).isFalse();
    assertThat(patched.text("/displayName")).isEqualTo("Anna A.");
    assertThat(patched.text("/name/familyName")).isEqualTo("A.");
    assertThat(patched.body().path(ENTERPRISE).path("department").asText()).isEqualTo("Sales");
  }

  @Test
  void entraNamesASchemaOfItsOwnWhenItCreatesAGroup() {
    tenant
        .group("Team")
        .with(
            "schemas",
            List.of(
                "urn:ietf:params:scim:schemas:core:2.0:Group",
                "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"))
        .with("externalId", UUID.randomUUID())
        .create()
        .expect(201);
  }

  @Test
  void entraRemovesTheMembersItLists() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna, berta).create().expect(201).id();
    // When
    ScimAnswer patched =
        tenant.patchGroup(team).operation("Remove", "members", ScimPatch.values(anna)).expect(200);
    // Then
    assertThat(patched.each("/members", "value")).containsExactly(berta.toString());
  }

  @Test
  void entraLooksUpAGroupWithoutItsMembers() {
    // Given
    tenant.group("Team").withMembers(anna).create().expect(201);
    // When
    ScimAnswer found =
        tenant
            .get("/Groups")
            .rawQuery("excludedAttributes=members&filter=displayName+eq+%22Team%22")
            .expect(200);
    // Then
    assertThat(found.at("/totalResults").intValue()).isEqualTo(1);
    assertThat(found.at("/Resources/0/members").isMissingNode()).isTrue();
  }

  @Test
  void oktaDeactivatesWithoutAPath() {
    // When
    ScimAnswer patched =
        tenant.patchUser(anna).operation("replace", Map.of("active", false)).expect(200);
    // Then
    assertThat(patched.at("/active").booleanValue()).isFalse();
  }

  @Test
  void oktaSendsBackWhatItRead() {
    // Given
    ScimAnswer read = tenant.readUser(anna).expect(200);
    // When
    ScimAnswer replaced = tenant.put("/Users/" + anna, read.body()).expect(200);
    // Then
    assertThat(replaced.body()).isEqualTo(read.body());
    assertThat(replaced.etag()).isEqualTo(read.etag());
  }

  @Test
  void oktaRenamesAGroupNamingItsId() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer patched =
        tenant
            .patchGroup(team)
            .operation("replace", Map.of("id", team, "displayName", "Crew"))
            .expect(200);
    // Then
    assertThat(patched.text("/displayName")).isEqualTo("Crew");
    assertThat(patched.each("/members", "value")).containsExactly(anna.toString());
  }

  @Test
  void oktaPushesMembersWithTheirNames() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer patched =
        tenant
            .patchGroup(team)
            .remove("members[value eq \"" + anna + "\"]")
            .add("members", List.of(Map.of("value", berta, "display", "berta@example.org")))
            .expect(200);
    // Then
    assertThat(patched.each("/members", "value")).containsExactly(berta.toString());
  }
}
