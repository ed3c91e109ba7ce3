package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule for uniqueness and filters: what a filter cannot see can never conflict. */
class NameEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "J\u00F6rg",
        "J\u00D6RG",
        "jo\u0308rg",
        " j\u00F6rg\t",
        "\u2003j\u00F6rg",
        "\u00A0j\u00F6rg",
        "jorg",
        "j\u00F6r",
        "j\u00F6rg.",
        "j%rg",
        "j_rg"
      })
  void aNameConflictsExactlyWhenAFilterFindsIt(String name) {
    // Given
    tenant.user("j\u00F6rg").create().expect(201);
    tenant.group("j\u00F6rg").create().expect(201);
    String literal = JsonNodeFactory.instance.textNode(name).toString();
    // When
    ScimAnswer users = tenant.get("/Users").query("filter", "userName eq " + literal).expect(200);
    ScimAnswer groups =
        tenant.get("/Groups").query("filter", "displayName eq " + literal).expect(200);
    // Then
    boolean found = users.at("/totalResults").intValue() == 1;
    assertThat(groups.at("/totalResults").intValue()).isEqualTo(found ? 1 : 0);
    if (found) {
      assertThat(tenant.user(name).create().expect(409, "uniqueness").text("/detail"))
          .contains("userName");
      assertThat(tenant.group(name).create().expect(409, "uniqueness").text("/detail"))
          .contains("displayName");
    } else {
      tenant.user(name).create().expect(201);
      tenant.group(name).create().expect(201);
    }
  }
}
