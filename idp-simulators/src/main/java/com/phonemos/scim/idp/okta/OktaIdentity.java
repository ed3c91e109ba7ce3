package com.phonemos.scim.idp.okta;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Okta's own identifiers and the passwords it makes up, decided by the person alone. */
final class OktaIdentity {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private OktaIdentity() {}

  /** An Okta user id: 00u and 17 letters or digits [O A]. */
  static String externalId(String personId) {
    return "00u" + text("id " + personId, 17);
  }

  /** A password for a creation; Okta sends one even when it does not synchronize them [D K1]. */
  static String password(String personId) {
    return text("password " + personId, 5) + "aB3";
  }

  private static String text(String source, int length) {
    byte[] digest = sha256(source);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(Byte.toUnsignedInt(digest[i]) % ALPHABET.length()));
    }
    return text.toString();
  }

  private static byte[] sha256(String source) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
