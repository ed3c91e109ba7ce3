package com.phonemos.scim.engine.scim.resource;

import java.text.Normalizer;

/**
 * The one rule by which texts that are not {@code caseExact} are compared (RFC 7643 §2.2): trimmed,
 * NFC, and case-folded code point by code point, as PostgreSQL's {@code lower(upper(x))} does under
 * a Unicode collation. Uniqueness and filters share it, so what a filter cannot see cannot
 * conflict.
 */
public final class Folding {
  private Folding() {}

  public static String fold(String text) {
    String normal = Normalizer.isNormalized(text, Normalizer.Form.NFC) ? text : nfc(text);
    StringBuilder folded = new StringBuilder(normal.length());
    normal
        .strip()
        .codePoints()
        .map(codePoint -> Character.toLowerCase(Character.toUpperCase(codePoint)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
