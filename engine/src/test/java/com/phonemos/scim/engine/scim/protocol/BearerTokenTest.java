package com.phonemos.scim.engine.scim.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
  private static final TenantId TENANT =
      new TenantId(UUID.fromString("1f0c9a2e-0000-4000-8000-000000000001"));

  private final SecureRandom random = new SecureRandom();

  @Test
  void aMintedTokenIsWellFormedAndNamesItsTenant() {
    // When
    String token = BearerToken.mint(TENANT, random);
    // Then
    assertThat(token).matches("phs_1f0c9a2e_[0-9A-Za-z]{40}_[0-9A-Za-z]{6}");
    assertThat(BearerToken.wellFormed(token)).isTrue();
  }

  @Test
  void noTwoTokensAreTheSame() {
    // When
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      tokens.add(BearerToken.mint(TENANT, random));
    }
    // Then
    assertThat(tokens).hasSize(1_000);
  }

  @Test
  void oneChangedCharacterAnywhereBreaksTheForm() {
    // Given
    String token = BearerToken.mint(TENANT, random);
    for (int i = 0; i < token.length(); i++) {
      // When
      char other = token.charAt(i) == 'a' ? 'b' : 'a';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      // Then
      assertThat(BearerToken.wellFormed(changed)).as(changed).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "phs_",
        "phs_1f0c9a2e_0000000000000000000000000000000000000000_000000",
        "phs_1f0c9a2e_\u0660000000000000000000000000000000000000000_000000",
        "ghp_1f0c9a2e_0000000000000000000000000000000000000000_000000"
      })
  void junkIsRejectedWithoutALookup(String junk) {
    assertThat(BearerToken.wellFormed(junk)).isFalse();
  }

  @Test
  void theHashIsSha256() {
    assertThat(HexFormat.of().formatHex(BearerToken.hash("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
