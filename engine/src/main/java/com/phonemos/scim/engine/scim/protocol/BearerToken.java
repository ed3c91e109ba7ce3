package com.phonemos.scim.engine.scim.protocol;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The form of the secret that an identity provider sends (RFC 6750 §2.1).
 *
 * <pre>
 * phs_1f0c9a2e_7Kc0…40 characters…Zq_0aB3xY
 * ^   ^        ^                     ^
 * |   |        |                     CRC-32 of all before it: junk needs no database lookup,
 * |   |        |                     and a scanner for leaked secrets finds no false positives
 * |   |        238 random bits
 * |   start of the tenant's id: whose token leaked
 * prefix for scanners
 * </pre>
 *
 * <p>Only the {@link #hash} is ever stored. It needs no salt and no slow function, because the
 * secret is random.
 */
public final class BearerToken {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String PREFIX = "phs_";
  private static final int TENANT_LENGTH = 8;
  private static final int SECRET_LENGTH = 40;
  private static final int CHECKSUM_LENGTH = 6;
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[0-9a-f]{8}_[0-9A-Za-z]{40}_[0-9A-Za-z]{6}");

  private BearerToken() {}

  /**
   * A new token.
   *
   * @param random has to be cryptographically strong
   */
  public static String mint(TenantId tenant, RandomGenerator random) {
    StringBuilder token = new StringBuilder(PREFIX);
    token.append(tenant.toString(), 0, TENANT_LENGTH).append('_');
    for (int i = 0; i < SECRET_LENGTH; i++) {
      // The bounded form draws again instead of folding the surplus, so no digit is likelier.
      token.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return token.append('_').append(checksum(token)).toString();
  }

  /** Whether it can be a token of ours at all: its form and its checksum. */
  public static boolean wellFormed(String token) {
    if (!FORM.matcher(token).matches()) {
      return false;
    }
    int end = token.length() - CHECKSUM_LENGTH;
    return checksum(token.substring(0, end)).equals(token.substring(end));
  }

  /** The start of the tenant's id, as a well-formed token shows it. */
  public static String tenant(String token) {
    int start = PREFIX.length();
    return token.substring(start, start + TENANT_LENGTH);
  }

  /** SHA-256: 32 bytes. */
  public static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  private static String checksum(CharSequence text) {
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
      rest /= DIGITS.length();
    }
    return digits.reverse().toString();
  }
}
