package com.phonemos.scim.conformance.har;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which attributes of RFC 7643 §4 tell who somebody is. */
final class PersonalAttributes {
  private static final Set<String> SINGLE =
      Set.of(
          "username",
          "displayname",
          "nickname",
          "givenname",
          "familyname",
          "middlename",
          "formatted",
          "streetaddress",
          "locality",
          "postalcode",
          "profileurl",
          "employeenumber",
          "externalid",
          "display");

  /** Multi-valued attributes whose {@code value} is personal. */
  private static final Set<String> LISTS =
      Set.of("emails", "phonenumbers", "ims", "photos", "x509certificates");

  private static final Pattern ADDRESS = Pattern.compile("[^\\s@/]+@[^\\s@/]+");

  private PersonalAttributes() {}

  /** Of an attribute path, or of a part of one. */
  static boolean contains(String path) {
    String plain = plain(path);
    String list = plain.replaceFirst("\\..*", "");
    String last = plain.substring(plain.lastIndexOf('.') + 1);
    return SINGLE.contains(last)
        || (LISTS.contains(list) && (last.equals("value") || plain.equals(list)));
  }

  /** Whether it is an address of mail, which is personal in whatever attribute it stands. */
  static boolean address(String value) {
    return ADDRESS.matcher(value).matches();
  }

  /** {@code emails.value} of {@code urn:…:User:emails[type eq "work"].value}. */
  private static String plain(String path) {
    String bare = path.replaceAll("\\[.*?]", "");
    return bare.substring(bare.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
  }
}
