package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that are users or groups, and the value filters that select them (RFC 7644 §3.5.2). */
class MembersEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();
  private UUID anna;
  private UUID berta;
  private UUID inner;

  @BeforeEach
  void createMembers() {
    anna = tenant.user("anna").with("displayName", "Anna").create().expect(201).id();
    berta = tenant.user("berta").create().expect(201).id();
    inner = tenant.group("Inner").create().expect(201).id();
  }

  @Test
  void aGroupIsAMemberOfTheTypeItIs() {
    // When
    ScimAnswer outer = tenant.group("Outer").withMembers(anna, inner).create().expect(201);
    // Then
    ScimAnswer read = tenant.readGroup(outer.id()).expect(200);
    assertThat(read.each("/members", "type")).containsExactlyInAnyOrder("User", "Group");
    assertThat(read.each("/members", "$ref"))
        .containsExactlyInAnyOrder(
            tenant.base() + "/Users/" + anna, tenant.base() + "/Groups/" + inner);
  }

  @Test
  void aGroupIsNoMemberOfItself() {
    tenant.patchGroup(inner).addMembers(inner).expect(400, "invalidValue");
  }

  @Test
  void groupsMayBeMembersOfEachOther() {
    // Given
    UUID outer = tenant.group("Outer").withMembers(inner).create().expect(201).id();
    // When
    tenant.patchGroup(inner).addMembers(outer, anna).expect(200);
    // Then
    assertThat(tenant.readGroup(outer).expect(200).each("/members", "value"))
        .containsExactly(inner.toString());
    assertThat(dueMemberships(anna)).containsExactlyInAnyOrder(inner, outer);
  }

  @Test
  void whoeverIsInAnInnerGroupIsDueInTheOuterOnes() {
    // Given
    tenant.patchGroup(inner).addMembers(anna).expect(200);
    UUID middle = tenant.group("Middle").create().expect(201).id();
    UUID outer = tenant.group("Outer").withMembers(middle).create().expect(201).id();
    // When
    tenant.patchGroup(middle).addMembers(inner).expect(200);
    // Then
    assertThat(dueMemberships(anna)).containsExactlyInAnyOrder(inner, middle, outer);
    // When
    settle();
    tenant.deleteGroup(inner).expect(204);
    // Then
    assertThat(dueMemberships(anna)).containsExactlyInAnyOrder(middle, outer);
    assertThat(tenant.readGroup(middle).expect(200).at("/members")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "members[type eq \"Group\"]                           | anna, berta",
        "members[type eq \"user\"]                            | Inner",
        "members[display eq \"ANNA\"]                         | berta, Inner",
        "members[display sw \"b\" or type eq \"Group\"]       | anna",
        "members[not (display co \"nn\")]                     | anna, Inner",
        "members[display pr and type ne \"Group\"]            | Inner",
        "members[value eq \"nobody\"]                         | anna, berta, Inner",
      })
  void aFilterSelectsWhoIsRemoved(String path, String left) {
    // Given
    UUID outer = tenant.group("Outer").withMembers(anna, berta, inner).create().expect(201).id();
    // When
    tenant.patchGroup(outer).remove(path).expect(200);
    // Then
    assertThat(tenant.readGroup(outer).expect(200).each("/members", "value"))
        .containsExactlyInAnyOrderElementsOf(
            List.of(left.split(", ")).stream().map(this::id).toList());
  }

  @Test
  void aReplacementThatSelectsNobodyIsRefused() {
    // Given
    UUID outer = tenant.group("Outer").withMembers(anna).create().expect(201).id();
    // Then
    tenant
        .patchGroup(outer)
        .addMembers(inner)
        .replace("members[display eq \"Nobody\"]", List.of())
        .expect(400, "noTarget");
    assertThat(tenant.readGroup(outer).expect(200).at("/members")).hasSize(1);
  }

  @Test
  void aReplacementTakesThePlaceOfWhomItSelects() {
    // Given
    UUID outer = tenant.group("Outer").withMembers(anna, inner).create().expect(201).id();
    // When
    tenant
        .patchGroup(outer)
        .replace("members[type eq \"User\"]", List.of(java.util.Map.of("value", berta)))
        .expect(200);
    // Then
    assertThat(tenant.readGroup(outer).expect(200).each("/members", "value"))
        .containsExactlyInAnyOrder(berta.toString(), inner.toString());
  }

  private String id(String name) {
    return switch (name) {
      case "anna" -> anna.toString();
      case "berta" -> berta.toString();
      default -> inner.toString();
    };
  }

  private List<UUID> dueMemberships(UUID user) {
    return new Rows(TestEngine.database())
            .texts(
                "SELECT group_id FROM due WHERE tenant_id = ? AND kind = 'MEMBERSHIP' AND id = ?",
                tenant.id().value(),
                user)
            .stream()
            .map(UUID::fromString)
            .toList();
  }

  private void settle() {
    new Rows(TestEngine.database())
        .update("DELETE FROM due WHERE tenant_id = ?", tenant.id().value());
  }
}
