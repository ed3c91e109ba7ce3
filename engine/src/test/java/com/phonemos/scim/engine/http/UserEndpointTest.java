package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The life of a user, as its identity provider sees it (RFC 7644 §3.3–3.6). */
class UserEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();

  @Test
  @Clause({"rfc7644/3.3/2", "rfc7644/3.3/3", "rfc7644/3.3/4", "rfc7644/3.4.1/1", "rfc7644/3.14/1"})
  void aNewUserIsAnsweredAsItWillBeRead() {
    // When
    ScimAnswer created =
        tenant
            .user("Anna.Smith@example.org")
            .with("name", Map.of("givenName", "Anna", "familyName", "Smith"))
            .with("emails", List.of(Map.of("value", "anna@example.org", "type", "work")))
            .with("externalId", "e-1")
            .create()
            .expect(201);
    // Then
    assertThat(created.header("Location"))
        .isEqualTo(tenant.base() + "/Users/" + created.id())
        .isEqualTo(created.text("/meta/location"));
    assertThat(created.etag()).isEqualTo(created.text("/meta/version"));
    assertThat(created.text("/meta/resourceType")).isEqualTo("User");
    assertThat(created.text("/meta/created")).isEqualTo(created.text("/meta/lastModified"));
    assertThat(created.at("/active").booleanValue()).isTrue();
    ScimAnswer read = tenant.readUser(created.id()).expect(200);
    assertThat(read.body()).isEqualTo(created.body());
    assertThat(read.etag()).isEqualTo(created.etag());
  }

  @Test
  @Clause({"rfc7644/3.3/1", "rfc7644/3.5.1/3"})
  void whatOnlyTheServiceDecidesIsIgnoredInABody() {
    // Given
    UUID wished = UUID.randomUUID();
    // When
    ScimAnswer created =
        tenant
            .user("anna")
            .with("id", wished)
            .with("meta", Map.of("version", "W/\"77\"", "created", "2001-01-01T00:00:00Z"))
            .with("groups", List.of(Map.of("value", wished)))
            .with("unknown", "value")
            .create()
            .expect(201);
    // Then
    assertThat(created.id()).isNotEqualTo(wished);
    assertThat(created.text("/meta/created")).doesNotStartWith("2001");
    assertThat(created.at("/groups").isMissingNode()).isTrue();
    assertThat(created.at("/unknown").isMissingNode()).isTrue();
  }

  @Test
  void aPasswordIsAcceptedAndForgotten() {
    // When
    ScimAnswer created = tenant.user("anna").with("password", "s3cret-words").create().expect(201);
    tenant.patchUser(created.id()).replace("password", "other-s3cret-words").expect(200);
    // Then
    assertThat(tenant.readUser(created.id()).expect(200).body().toString())
        .doesNotContain("s3cret-words");
    assertThat(
            new Rows(TestEngine.database())
                .texts(
                    """
                    SELECT resource::text FROM scim_user WHERE tenant_id = ?
                    UNION ALL
                    SELECT coalesce(after::text, '') FROM journal WHERE tenant_id = ?
                    """,
                    tenant.id().value(),
                    tenant.id().value()))
        .isNotEmpty()
        .noneMatch(text -> text.contains("s3cret-words"));
  }

  @Test
  @Clause("rfc7644/3.3/5")
  void namesAreUniqueWhateverTheirCase() {
    // Given
    tenant.user("Anna").create().expect(201);
    UUID berta = tenant.user("berta").create().expect(201).id();
    // Then
    tenant.user("anna").create().expect(409, "uniqueness");
    tenant.user("ANNA").replace(berta).expect(409, "uniqueness");
    tenant.patchUser(berta).replace("userName", "aNNa").expect(409, "uniqueness");
    assertThat(tenant.readUser(berta).expect(200).text("/userName")).isEqualTo("berta");
  }

  @Test
  void aNameOfAnotherTenantIsFree() {
    // Given
    tenant.user("anna").create().expect(201);
    // Then
    TestEngine.tenant().user("anna").create().expect(201);
  }

  @Test
  @Clause({"rfc7644/3.5/1", "rfc7644/3.5.1/2", "rfc7644/3.5.1/4", "rfc7644/3.5.1/7"})
  void aReplacementLeavesOutWhatItsBodyLeavesOut() {
    // Given
    ScimAnswer created =
        tenant.user("anna").with("title", "Dr.").with("nickName", "Annie").create().expect(201);
    // When
    ScimAnswer replaced =
        tenant.user("anna").with("nickName", "An").replace(created.id()).expect(200);
    // Then
    assertThat(replaced.text("/nickName")).isEqualTo("An");
    assertThat(replaced.at("/title").isMissingNode()).isTrue();
    assertThat(replaced.revision()).isGreaterThan(created.revision());
    assertThat(replaced.text("/meta/created")).isEqualTo(created.text("/meta/created"));
    assertThat(tenant.readUser(created.id()).expect(200).body()).isEqualTo(replaced.body());
  }

  @Test
  void aReplacementThatDoesNotNameActiveKeepsIt() {
    // Given
    UUID anna = tenant.user("anna").with("active", false).create().expect(201).id();
    // When
    ScimAnswer replaced = tenant.user("anna").replace(anna).expect(200);
    // Then
    assertThat(replaced.at("/active").isBoolean()).isTrue();
    assertThat(replaced.at("/active").booleanValue()).isFalse();
  }

  @Test
  @Clause({"rfc7644/3.5/2", "rfc7644/3.5.2/5", "rfc7644/3.5.2.2/5", "rfc7644/3.5.2.3/2"})
  void aPatchChangesWhatItNames() {
    // Given
    UUID anna =
        tenant
            .user("anna")
            .with("title", "Dr.")
            .with(
                "emails",
                List.of(
                    Map.of("value", "work@example.org", "type", "work"),
                    Map.of("value", "home@example.org", "type", "home")))
            .create()
            .expect(201)
            .id();
    // When
    ScimAnswer patched =
        tenant
            .patchUser(anna)
            .replace("emails[type eq \"work\"].value", "new@example.org")
            .remove("emails[type eq \"home\"]")
            .add("name.givenName", "Anna")
            .remove("title")
            .expect(200);
    // Then
    assertThat(patched.each("/emails", "value")).containsExactly("new@example.org");
    assertThat(patched.text("/name/givenName")).isEqualTo("Anna");
    assertThat(patched.at("/title").isMissingNode()).isTrue();
    assertThat(tenant.readUser(anna).expect(200).body()).isEqualTo(patched.body());
  }

  @Test
  @Clause("rfc7644/3.5.2/3")
  void aPatchOfWhichOneOperationFailsChangesNothing() {
    // Given
    ScimAnswer created = tenant.user("anna").with("title", "Dr.").create().expect(201);
    // When
    tenant
        .patchUser(created.id())
        .replace("title", "Prof.")
        .replace("emails[value eq \"nobody@example.org\"].display", "new")
        .expect(400, "noTarget");
    // Then
    ScimAnswer read = tenant.readUser(created.id()).expect(200);
    assertThat(read.body()).isEqualTo(created.body());
    assertThat(read.etag()).isEqualTo(created.etag());
  }

  @Test
  @Clause("rfc7644/3.5.2.1/1")
  void aPatchThatChangesNothingKeepsTheVersion() {
    // Given
    ScimAnswer created = tenant.user("anna").with("title", "Dr.").create().expect(201);
    // When
    ScimAnswer patched = tenant.patchUser(created.id()).replace("title", "Dr.").expect(200);
    // Then
    assertThat(patched.body()).isEqualTo(created.body());
    assertThat(patched.etag()).isEqualTo(created.etag());
  }

  @Test
  @Clause({"rfc7644/3.4.1/2", "rfc7644/3.6/1", "rfc7644/3.6/2", "rfc7644/3.6/3"})
  void aDeletedUserIsGoneAndItsNameIsFree() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    // When
    ScimAnswer deleted = tenant.deleteUser(anna).expect(204);
    // Then
    assertThat(deleted.body().isMissingNode()).isTrue();
    tenant.readUser(anna).expect(404, "");
    tenant.deleteUser(anna).expect(404, "");
    tenant.patchUser(anna).replace("active", false).expect(404, "");
    tenant.user("anna").replace(anna).expect(404, "");
    assertThat(tenant.get("/Users").expect(200).at("/totalResults").intValue()).isZero();
    assertThat(
            tenant
                .get("/Users")
                .query("filter", "userName eq \"anna\"")
                .expect(200)
                .at("/Resources"))
        .isEmpty();
    tenant.user("anna").create().expect(201);
  }

  @Test
  void aUserOfAnotherTenantIsNotThere() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    ScimTenant other = TestEngine.tenant();
    // Then
    ScimAnswer unknown = other.readUser(UUID.randomUUID()).expect(404, "");
    assertThat(other.readUser(anna).expect(404, "").body()).isEqualTo(unknown.body());
    other.patchUser(anna).replace("active", false).expect(404, "");
    other.deleteUser(anna).expect(404, "");
    assertThat(
            other
                .get("/Users")
                .query("filter", "id eq \"" + anna + "\"")
                .expect(200)
                .at("/totalResults")
                .intValue())
        .isZero();
    tenant.readUser(anna).expect(200);
  }

  @Test
  @Clause("rfc7644/3.4.2.5/1")
  void attributesAreChosenOrLeftOut() {
    // Given
    UUID anna =
        tenant
            .user("anna")
            .with("title", "Dr.")
            .with("name", Map.of("givenName", "Anna", "familyName", "Smith"))
            .create()
            .expect(201)
            .id();
    // When
    ScimAnswer chosen =
        tenant.readUser(anna).query("attributes", "userName,name.givenName").expect(200);
    ScimAnswer leftOut =
        tenant.readUser(anna).query("excludedAttributes", "title,id,name.givenName").expect(200);
    // Then
    assertThat(chosen.body().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "id", "userName", "name");
    assertThat(chosen.at("/name").toString()).isEqualTo("{\"givenName\":\"Anna\"}");
    assertThat(leftOut.id()).isEqualTo(anna);
    assertThat(leftOut.at("/title").isMissingNode()).isTrue();
    assertThat(leftOut.at("/name").toString()).isEqualTo("{\"familyName\":\"Smith\"}");
  }

  @Test
  void aUserShowsItsGroups() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    UUID team = tenant.group("Team").withMembers(anna).create().expect(201).id();
    // When
    ScimAnswer read = tenant.readUser(anna).expect(200);
    // Then
    assertThat(read.each("/groups", "value")).containsExactly(team.toString());
    assertThat(read.each("/groups", "display")).containsExactly("Team");
  }

  @Test
  void textOfEveryKindComesBackAsItWasSent() {
    // Given
    String odd = "<b>\u202e${jndi:ldap://x}'; DROP TABLE scim_user; --\n\t\"\\ 😀 İß\u0301";
    // When
    UUID anna = tenant.user("anna").with("displayName", odd).create().expect(201).id();
    // Then
    assertThat(tenant.readUser(anna).expect(200).text("/displayName")).isEqualTo(odd);
  }
}
