package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the secrets that the database holds: whoever reads the database alone learns nothing, and a
 * sealed value that is moved to another tenant or another column does not open.
 *
 * <p>AES-256-GCM (NIST SP 800-38D); a sealed value is a version byte, the nonce and the ciphertext.
 */
public final class SecretBox {
  /** Length of a key, in bytes. */
  public static final int KEY_BYTES = 32;

  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  static final String CLIENT_SECRET = "tenant.keycloak_client_secret";

  /** The first seals, all open: so a key can be replaced while engines are running. */
  private final List<SecretKeySpec> keys;

  private final SecureRandom random = new SecureRandom();

  private SecretBox(List<byte[]> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("Expected a key, but there is none");
    }
    for (byte[] key : keys) {
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException(
            "Expected a key of " + KEY_BYTES + " bytes, but it has " + key.length);
      }
    }
    this.keys = keys.stream().map(key -> new SecretKeySpec(key, "AES")).toList();
  }

  public static SecretBox withKey(byte[] key) {
    return new SecretBox(List.of(key));
  }

  /**
   * With keys in base64, separated by commas or white space: the first one seals, all open.
   *
   * @throws IllegalArgumentException when one is no base64, or not of {@link #KEY_BYTES}
   */
  public static SecretBox withKeys(String keys) {
    return new SecretBox(
        Stream.of(keys.strip().split("[,\\s]+")).map(Base64.getDecoder()::decode).toList());
  }

  /**
   * With the keys in a file, as for {@link #withKeys}; the first call creates it, readable by its
   * owner only. Blocks.
   */
  public static SecretBox withKeyFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    return withKeys(Files.readString(file));
  }

  /** Appears whole or not at all, also when two processes create it at once. */
  private static void create(Path file) throws IOException {
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    Path folder = Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    Path whole =
        Files.createTempFile(
            folder,
            ".key",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(whole, Base64.getEncoder().encodeToString(fresh) + "\n");
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException createdByAnother) {
      return;
    } finally {
      Files.delete(whole);
    }
  }

  /** Another box, with keys of its own that follow from this one's and a purpose. */
  public SecretBox derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      List<byte[]> derived = new ArrayList<>();
      for (SecretKeySpec key : keys) {
        mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
        derived.add(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
      }
      return new SecretBox(derived);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has HMAC with SHA-256", impossible);
    }
  }

  /** Seals a tenant's Keycloak client secret. */
  public byte[] seal(TenantId tenant, String secret) {
    return seal(tenant, CLIENT_SECRET, secret.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens what {@link #seal(TenantId, String)} made for the same tenant.
   *
   * @throws SealBrokenException when it was sealed with another key, for another tenant, or changed
   */
  public String open(TenantId tenant, byte[] sealed) {
    return new String(open(tenant, CLIENT_SECRET, sealed), StandardCharsets.UTF_8);
  }

  /**
   * Seals with the newest key what was sealed for the same tenant and context.
   *
   * @return empty when it is sealed with that key already
   * @throws SealBrokenException as {@link #open(TenantId, String, byte[])}
   */
  public Optional<byte[]> reseal(TenantId tenant, String context, byte[] sealed) {
    byte[] plain = open(tenant, context, sealed);
    return tryOpen(keys.getFirst(), tenant, context, sealed).isPresent()
        ? Optional.empty()
        : Optional.of(seal(tenant, context, plain));
  }

  /**
   * Seals anything.
   *
   * @param context what it opens for, beside the tenant
   */
  public byte[] seal(TenantId tenant, String context, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), tenant, context, nonce).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has AES-GCM", impossible);
    }
  }

  /**
   * Opens what was sealed for the same tenant and context.
   *
   * @throws SealBrokenException when it was sealed with another key, for others, or changed
   */
  public byte[] open(TenantId tenant, String context, byte[] sealed) {
    if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
      throw new SealBrokenException(tenant);
    }
    return keys.stream()
        .flatMap(key -> tryOpen(key, tenant, context, sealed).stream())
        .findFirst()
        .orElseThrow(() -> new SealBrokenException(tenant));
  }

  private static Optional<byte[]> tryOpen(
      SecretKeySpec key, TenantId tenant, String context, byte[] sealed) {
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key, tenant, context, nonce)
              .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES));
    } catch (AEADBadTagException another) {
      return Optional.empty();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has AES-GCM", impossible);
    }
  }

  /** A secret does not open; the message says what an operator can do. */
  public static final class SealBrokenException extends RuntimeException {
    SealBrokenException(TenantId tenant) {
      super(
          "The Keycloak client secret of tenant "
              + tenant
              + " was sealed with another key: start with the PHONEMOS_SCIM_SECRET_KEY or the key"
              + " file of the engine that stored it, or store the secret again.");
    }
  }

  private static Cipher cipher(
      int mode, SecretKeySpec key, TenantId tenant, String context, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((tenant + "/" + context).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
