package com.phonemos.scim.conformance.har;

import com.phonemos.scim.conformance.wire.Header;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Other names for people: each word of a personal value becomes a word of the same length and the
 * same capitals, the same one wherever it stands. So an address still looks like one, and still
 * belongs to the person whose display name holds the same words, and two people stay two. Without
 * the key nobody gets back. For one thread.
 */
public final class Pseudonyms {
  private static final Pattern WORD = Pattern.compile("\\p{L}+|\\d+");
  private static final Set<String> KEPT =
      Set.of("work", "home", "other", "mobile", "fax", "true", "false", "user", "group");

  private static final String DIGITS = "0123456789";
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";

  /** To find another word of the same length. */
  private static final int ATTEMPTS = 100;

  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;
  private final Map<String, String> given = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** Names that the key decides. */
  public Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** Names that nobody can decide again. */
  public static Pseudonyms random() {
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    return new Pseudonyms(secret);
  }

  String text(String text) {
    return text.equals(Header.REDACTED)
        ? text
        : WORD.matcher(text).replaceAll(match -> word(match.group()));
  }

  private String word(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (KEPT.contains(lower)) {
      return word;
    }
    String other = given.computeIfAbsent(lower, this::give);
    StringBuilder spelt = new StringBuilder(other);
    for (int i = 0; i < Math.min(word.length(), other.length()); i++) {
      if (Character.isUpperCase(word.charAt(i))) {
        spelt.setCharAt(i, Character.toUpperCase(other.charAt(i)));
      }
    }
    return spelt.toString();
  }

  /** A word that no other word was given; a longer one where too many have its length. */
  private String give(String word) {
    for (int attempt = 0; ; attempt++) {
      String other = spell(hash(attempt + word), word, word.length() + attempt / ATTEMPTS);
      if (taken.add(other)) {
        return other;
      }
    }
  }

  private static String spell(byte[] hash, String word, int length) {
    StringBuilder other = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int random = hash[i % hash.length] & 0xFF;
      String letters =
          Character.isDigit(word.charAt(0)) ? DIGITS : i % 2 == 0 ? CONSONANTS : VOWELS;
      other.append(letters.charAt(random % letters.length()));
    }
    return other.toString();
  }

  private byte[] hash(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
