package com.phonemos.scim.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  private static final TenantId ACME = new TenantId(new UUID(1, 1));
  private static final TenantId GLOBEX = new TenantId(new UUID(2, 2));

  private final SecretBox box = SecretBox.withKey(new byte[SecretBox.KEY_BYTES]);

  @Test
  void whatIsSealedOpensForItsTenant() {
    // When
    byte[] sealed = box.seal(ACME, "s3cret ü");
    // Then
    assertThat(box.open(ACME, sealed)).isEqualTo("s3cret ü");
  }

  @Test
  void aSealedSecretShowsNothing() {
    // When
    byte[] sealed = box.seal(ACME, "s3cret");
    // Then
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("s3cret");
    assertThat(box.seal(ACME, "s3cret")).isNotEqualTo(sealed);
  }

  @Test
  void aSealedSecretMovedToAnotherTenantDoesNotOpen() {
    // Given
    byte[] sealed = box.seal(ACME, "s3cret");
    // Then
    assertThatThrownBy(() -> box.open(GLOBEX, sealed))
        .isInstanceOf(SecretBox.SealBrokenException.class)
        .hasMessageContaining("PHONEMOS_SCIM_SECRET_KEY");
  }

  @Test
  void aChangedByteBreaksTheSeal() {
    // Given
    byte[] sealed = box.seal(ACME, "s3cret");
    // When
    sealed[sealed.length - 1] ^= 1;
    // Then
    assertThatThrownBy(() -> box.open(ACME, sealed))
        .isInstanceOf(SecretBox.SealBrokenException.class);
    assertThatThrownBy(() -> box.open(ACME, new byte[0]))
        .isInstanceOf(SecretBox.SealBrokenException.class);
  }

  @Test
  void aNewKeySealsWhileTheOldOneStillOpens() {
    // Given
    String old = Base64.getEncoder().encodeToString(new byte[SecretBox.KEY_BYTES]);
    String fresh = Base64.getEncoder().encodeToString(bytesOf(7));
    SecretBox both = SecretBox.withKeys(fresh + "," + old);
    byte[] sealed = box.seal(ACME, "s3cret");
    // When
    byte[] again = both.reseal(ACME, SecretBox.CLIENT_SECRET, sealed).orElseThrow();
    // Then
    assertThat(both.open(ACME, sealed)).isEqualTo("s3cret");
    assertThat(SecretBox.withKeys(old + "," + fresh).open(ACME, again)).isEqualTo("s3cret");
    assertThat(SecretBox.withKeys(fresh).open(ACME, again)).isEqualTo("s3cret");
    assertThat(both.reseal(ACME, SecretBox.CLIENT_SECRET, again)).isEmpty();
    assertThatThrownBy(() -> box.open(ACME, again))
        .isInstanceOf(SecretBox.SealBrokenException.class);
  }

  private static byte[] bytesOf(int value) {
    byte[] bytes = new byte[SecretBox.KEY_BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void theKeyFileIsMadeOnceAndOnlyItsOwnerReadsIt(@TempDir Path folder) throws Exception {
    // Given
    Path file = folder.resolve("new").resolve("secret.key");
    byte[] sealed = SecretBox.withKeyFile(file).seal(ACME, "s3cret");
    // When
    String opened = SecretBox.withKeyFile(file).open(ACME, sealed);
    // Then
    assertThat(opened).isEqualTo("s3cret");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(file.resolveSibling("")).isDirectoryContaining(file::equals);
  }
}
