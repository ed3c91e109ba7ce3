package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions and preconditions (RFC 7644 §3.14, RFC 9110 §13). */
class VersionEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();
  private UUID anna;
  private String stale;
  private String current;

  @BeforeEach
  void changeOnce() {
    ScimAnswer created = tenant.user("anna").create().expect(201);
    anna = created.id();
    stale = created.etag();
    current = tenant.patchUser(anna).replace("title", "Dr.").expect(200).etag();
  }

  @Test
  @Clause("rfc7644/3.14/1")
  void everyChangeHasAVersionOfItsOwn() {
    assertThat(current).isNotEqualTo(stale).matches("W/\"[0-9]+\"");
  }

  @Test
  @Clause("rfc7644/3.14/2")
  void aStaleVersionIsRejectedWith412() {
    // Then
    tenant
        .patchUser(anna)
        .replace("title", "Prof.")
        .request()
        .header("If-Match", stale)
        .expect(412, "");
    tenant.user("anna").replace(anna).header("If-Match", stale).expect(412, "");
    tenant.deleteUser(anna).header("If-Match", stale).expect(412, "");
    assertThat(tenant.readUser(anna).expect(200).etag()).isEqualTo(current);
  }

  @Test
  void whatIsNoVersionMatchesNothing() {
    tenant.deleteUser(anna).header("If-Match", "garbage").expect(412, "");
  }

  @Test
  void theCurrentVersionIsAccepted() {
    // When
    ScimAnswer patched =
        tenant
            .patchUser(anna)
            .replace("title", "Prof.")
            .request()
            .header("If-Match", current)
            .expect(200);
    // Then
    tenant.deleteUser(anna).header("If-Match", stale + ", " + patched.etag()).expect(204);
  }

  @Test
  void anyVersionIsAcceptedWhereAnyIsAskedFor() {
    tenant.deleteUser(anna).header("If-Match", "*").expect(204);
  }

  @Test
  @Clause("rfc7644/3.14/3")
  void whatTheClientHasAlreadyIsNotSentAgain() {
    // When
    ScimAnswer unchanged = tenant.readUser(anna).header("If-None-Match", current).expect(304);
    // Then
    assertThat(unchanged.body().isMissingNode()).isTrue();
    assertThat(unchanged.etag()).isEqualTo(current);
    tenant.readUser(anna).header("If-None-Match", stale).expect(200);
  }

  @Test
  void aVersionThatMustNotBeThereStopsAChange() {
    tenant
        .patchUser(anna)
        .replace("title", "Prof.")
        .request()
        .header("If-None-Match", current)
        .expect(412, "");
    tenant.user("anna").replace(anna).header("If-None-Match", "*").expect(412, "");
    tenant.deleteUser(anna).header("If-None-Match", stale + ", " + current).expect(412, "");
    tenant.deleteUser(anna).header("If-None-Match", stale).expect(204);
  }
}
