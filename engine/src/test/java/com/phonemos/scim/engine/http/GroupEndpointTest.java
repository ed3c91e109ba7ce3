package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimPatch;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups and their members (RFC 7643 §4.2). */
class GroupEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();
  private UUID anna;
  private UUID berta;

  @BeforeEach
  void createUsers() {
    anna = tenant.user("anna").with("displayName", "Anna A.").create().expect(201).id();
    berta = tenant.user("berta").create().expect(201).id();
  }

  @Test
  void aNewGroupIsAnsweredWithItsMembers() {
    // When
    ScimAnswer created = tenant.group("Team").withMembers(anna).create().expect(201);
    // Then
    assertThat(created.each("/members", "value")).containsExactly(anna.toString());
    assertThat(created.each("/members", "type")).containsExactly("User");
    assertThat(created.each("/members", "$ref")).containsExactly(tenant.base() + "/Users/" + anna);
    assertThat(tenant.readGroup(created.id()).expect(200).body()).isEqualTo(created.body());
  }

  @Test
  void displayNamesAreUniqueWhateverTheirCase() {
    // Given
    tenant.group("Team").create().expect(201);
    UUID other = tenant.group("Other").create().expect(201).id();
    // Then
    tenant.group("TEAM").create().expect(409, "uniqueness");
    tenant.patchGroup(other).replace("displayName", "team").expect(409, "uniqueness");
  }

  @Test
  @Clause({"rfc7644/3.5.2.1/2", "rfc7644/3.5.2.2/2"})
  void membersAreAddedAndRemoved() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer added = tenant.patchGroup(team).addMembers(berta).expect(200);
    ScimAnswer removed =
        tenant.patchGroup(team).remove("members[value eq \"" + anna + "\"]").expect(200);
    // Then
    assertThat(added.each("/members", "value"))
        .containsExactlyInAnyOrder(anna.toString(), berta.toString());
    assertThat(removed.each("/members", "value")).containsExactly(berta.toString());
    assertThat(removed.revision()).isGreaterThan(added.revision());
  }

  @Test
  void addingTwiceOrRemovingTheAbsentChangesNothing() {
    // Given
    ScimAnswer team = tenant.group("Team").withMembers(anna).create().expect(201);
    // When
    ScimAnswer again = tenant.patchGroup(team.id()).addMembers(anna).expect(200);
    ScimAnswer absent =
        tenant.patchGroup(team.id()).remove("members[value eq \"" + berta + "\"]").expect(200);
    // Then
    assertThat(List.of(again.etag(), absent.etag())).containsOnly(team.etag());
    assertThat(absent.each("/members", "value")).containsExactly(anna.toString());
  }

  @Test
  void allMembersAreReplacedOrRemoved() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer replaced =
        tenant.patchGroup(team).replace("members", ScimPatch.values(berta)).expect(200);
    ScimAnswer emptied = tenant.patchGroup(team).remove("members").expect(200);
    // Then
    assertThat(replaced.each("/members", "value")).containsExactly(berta.toString());
    assertThat(emptied.at("/members")).isEmpty();
  }

  @Test
  void aReplacementThatDoesNotNameMembersKeepsThem() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer replaced = tenant.group("Crew").replace(team).expect(200);
    // Then
    assertThat(replaced.text("/displayName")).isEqualTo("Crew");
    assertThat(replaced.each("/members", "value")).containsExactly(anna.toString());
  }

  @Test
  void aReplacementThatNamesMembersHasThese() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // Then
    assertThat(
            tenant
                .group("Team")
                .withMembers(berta)
                .replace(team)
                .expect(200)
                .each("/members", "value"))
        .containsExactly(berta.toString());
    assertThat(
            tenant
                .group("Team")
                .with("members", List.of())
                .replace(team)
                .expect(200)
                .at("/members"))
        .isEmpty();
  }

  @Test
  void membersCanBeLeftOut() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer read = tenant.readGroup(team).query("excludedAttributes", "members").expect(200);
    // Then
    assertThat(read.at("/members").isMissingNode()).isTrue();
    assertThat(read.text("/displayName")).isEqualTo("Team");
  }

  @Test
  void aMemberIsAUserOfThisTenant() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    UUID stranger = TestEngine.tenant().user("anna").create().expect(201).id();
    // When
    ScimAnswer unknown =
        tenant.patchGroup(team).addMembers(berta, UUID.randomUUID()).expect(400, "invalidValue");
    ScimAnswer foreign =
        tenant.patchGroup(team).addMembers(berta, stranger).expect(400, "invalidValue");
    // Then
    assertThat(foreign.body()).isEqualTo(unknown.body());
    assertThat(tenant.readGroup(team).expect(200).each("/members", "value"))
        .containsExactly(anna.toString());
    tenant.group("Other").withMembers(stranger).create().expect(400, "invalidValue");
  }

  @Test
  void aPatchOfALargeGroupIsAnswered204() {
    // Given
    UUID[] many =
        IntStream.rangeClosed(0, TestEngine.LARGE_GROUP)
            .mapToObj(i -> tenant.user("user" + i).create().expect(201).id())
            .toArray(UUID[]::new);
    ScimAnswer team = tenant.group("Team").withMembers(many).create().expect(201);
    // When
    ScimAnswer patched = tenant.patchGroup(team.id()).addMembers(anna).expect(204);
    // Then
    assertThat(patched.body().isMissingNode()).isTrue();
    assertThat(patched.revision()).isGreaterThan(team.revision());
    assertThat(tenant.readGroup(team.id()).expect(200).at("/members")).hasSize(many.length + 1);
    assertThat(
            tenant
                .patchGroup(team.id())
                .addMembers(berta)
                .request()
                .query("excludedAttributes", "members")
                .expect(200)
                .text("/displayName"))
        .isEqualTo("Team");
  }

  @Test
  @Clause({"rfc7644/3.5.1/4", "rfc7644/3.5.2/10", "rfc7644/3.9/2"})
  void aLargeGroupIsAnsweredWholeToThoseWhoAskOrReplaceIt() {
    // Given
    UUID[] many =
        IntStream.rangeClosed(0, TestEngine.LARGE_GROUP)
            .mapToObj(i -> tenant.user("user" + i).create().expect(201).id())
            .toArray(UUID[]::new);
    UUID team = tenant.group("Team").withMembers(many).create().expect(201).id();
    // When
    ScimAnswer asked =
        tenant
            .patchGroup(team)
            .addMembers(anna)
            .request()
            .query("attributes", "members.value")
            .expect(200);
    ScimAnswer replaced = tenant.group("Team").withMembers(many).replace(team).expect(200);
    // Then
    assertThat(asked.each("/members", "value")).hasSize(many.length + 1);
    assertThat(asked.at("/displayName").isMissingNode()).isTrue();
    assertThat(replaced.body()).isEqualTo(tenant.readGroup(team).expect(200).body());
  }

  @Test
  void aDeletedMemberLeavesItsGroups() {
    // Given
    ScimAnswer team = tenant.group("Team").withMembers(anna, berta).create().expect(201);
    // When
    tenant.deleteUser(anna).expect(204);
    // Then
    ScimAnswer read = tenant.readGroup(team.id()).expect(200);
    assertThat(read.each("/members", "value")).containsExactly(berta.toString());
    assertThat(read.revision()).isGreaterThan(team.revision());
  }

  @Test
  void aDeletedGroupLeavesItsMembers() {
    // Given
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    tenant.deleteGroup(team).expect(204);
    // Then
    tenant.readGroup(team).expect(404, "");
    assertThat(tenant.readUser(anna).expect(200).at("/groups")).isEmpty();
  }

  @Test
  void groupsAreFoundByTheirMembers() {
    // Given
    tenant.group("Team").withMembers(anna).create().expect(201);
    tenant.group("Other").withMembers(berta).create().expect(201);
    // When
    ScimAnswer found =
        tenant.get("/Groups").query("filter", "members.value eq \"" + anna + "\"").expect(200);
    // Then
    assertThat(found.each("/Resources", "displayName")).containsExactly("Team");
    assertThat(found.each("/Resources/0/members", "value")).containsExactly(anna.toString());
  }

  @Test
  void anAttributeOfAMemberIsNotForTheClientToSet() {
    // When
    ScimAnswer created =
        tenant
            .group("Team")
            .with(
                "members",
                List.of(Map.of("value", anna, "display", "Evil", "$ref", "javascript:alert(1)")))
            .create()
            .expect(201);
    // Then
    assertThat(created.body().toString()).doesNotContain("Evil", "javascript");
  }
}
