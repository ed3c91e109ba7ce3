package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimPatch;
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
  void membersShowTheNamesTheyHaveNow() {
    // Given
    UUID outer = tenant.group("Outer").withMembers(anna, berta, inner).create().expect(201).id();
    // When
    tenant.patchUser(anna).replace("displayName", "Anna \"A\" Smith").expect(200);
    // Then
    assertThat(tenant.readGroup(outer).expect(200).each("/members", "display"))
        .containsExactlyInAnyOrder("Anna \"A\" Smith", "berta", "Inner");
  }

  @Test
  void aMemberHasOneNameWhereverItIsShownOrAskedFor() {
    // Given
    UUID outer = tenant.group("Outer").withMembers(anna, berta).create().expect(201).id();
    tenant.patchUser(anna).remove("displayName").expect(200);
    // Then: without a name to display, it is the userName
    assertThat(tenant.readGroup(outer).expect(200).each("/members", "display"))
        .containsExactlyInAnyOrder("anna", "berta");
    assertThat(
            tenant
                .get("/Groups")
                .query("filter", "members[display eq \"ANNA\" and type eq \"User\"]")
                .expect(200)
                .each("/Resources", "id"))
        .containsExactly(outer.toString());
    // When: it gets another, and is removed by that in the same commit
    tenant
        .request("POST", "/Bulk")
        .body(
            """
            {"Operations": [
              {"method": "PATCH", "path": "/Users/%s", "data": {"Operations": [
                {"op": "add", "path": "displayName", "value": "Ada"}]}},
              {"method": "PATCH", "path": "/Groups/%s", "data": {"Operations": [
                {"op": "remove", "path": "members[display eq \\"Ada\\"]"}]}}]}
            """
                .formatted(anna, outer))
        .expect(200);
    // Then
    assertThat(tenant.readGroup(outer).expect(200).each("/members", "display"))
        .containsExactly("berta");
  }

  @Test
  void aUserIsIndirectlyInTheGroupsAroundItsOwn() {
    // Given
    tenant.patchGroup(inner).addMembers(anna).expect(200);
    UUID middle = tenant.group("Middle").withMembers(inner).create().expect(201).id();
    UUID outer = tenant.group("Outer").withMembers(middle, anna).create().expect(201).id();
    tenant.patchGroup(inner).addMembers(outer).expect(200);
    // When
    ScimAnswer read = tenant.readUser(anna).expect(200);
    // Then
    assertThat(read.each("/groups", "value"))
        .containsExactlyInAnyOrder(inner.toString(), middle.toString(), outer.toString());
    read.at("/groups")
        .forEach(group ->
            assertThat(group.path("type").asText())
                .isEqualTo(
                    group.path("display").asText().equals("Middle") ? "indirect" : "direct"));
    assertThat(
            tenant
                .get("/Users")
                .query("filter", "groups.value eq \"" + middle + "\"")
                .expect(200)
                .each("/Resources", "userName"))
        .containsExactly("anna");
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

  @Test
  void aReplacementOfAllTouchesOnlyTheDifference() {
    // Given
    UUID outer = tenant.group("Outer").withMembers(anna, inner).create().expect(201).id();
    List<String> kept = memberRows(outer, inner);
    long journal = journalled();
    settle();
    // When
    tenant.patchGroup(outer).replace("members", ScimPatch.values(inner, berta)).expect(200);
    // Then
    assertThat(memberRows(outer, inner)).isEqualTo(kept);
    assertThat(memberRows(outer, anna)).isEmpty();
    assertThat(memberRows(outer, berta)).hasSize(1);
    assertThat(journalled()).isEqualTo(journal + 1);
    assertThat(
            new Rows(TestEngine.database())
                .texts(
                    "SELECT id FROM due WHERE tenant_id = ? AND kind = 'MEMBERSHIP'",
                    tenant.id().value()))
        .containsExactlyInAnyOrder(anna.toString(), berta.toString());
    // When: nothing differs
    settle();
    tenant.patchGroup(outer).replace("members", ScimPatch.values(inner, berta)).expect(200);
    // Then
    assertThat(journalled()).isEqualTo(journal + 1);
    assertThat(
            new Rows(TestEngine.database())
                .number("SELECT count(*) FROM due WHERE tenant_id = ?", tenant.id().value()))
        .isZero();
  }

  /** The row of a membership, with the transaction that wrote it. */
  private static List<String> memberRows(UUID group, UUID member) {
    return new Rows(TestEngine.database())
        .texts(
            "SELECT xmin::text || ' ' || ctid::text FROM group_member"
                + " WHERE group_id = ? AND member_id = ?",
            group,
            member);
  }

  private long journalled() {
    return new Rows(TestEngine.database())
        .number("SELECT count(*) FROM journal WHERE tenant_id = ?", tenant.id().value());
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
