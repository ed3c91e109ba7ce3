package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.wire.AttributePath;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a job provisions.
 *
 * @param mapping which attributes
 * @param matching the attribute by which a user is found
 * @param groups whether groups too
 * @param active whether {@code active} is mapped; without it, who loses access is deleted instead
 *     of switched off [D E3]
 * @param custom an attribute of an extension of one's own that the employee number is mapped to as
 *     well, as in the documented example: {@code
 *     urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:CustomAttribute} [D E6]
 */
public record EntraScope(
    Mapping mapping,
    Matching matching,
    boolean groups,
    boolean active,
    Optional<AttributePath> custom) {
  private static final Pattern CUSTOM = Pattern.compile("urn:[^ ]+:[^ :]+:[A-Za-z][\\w$-]*");

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException if the custom attribute has no URN
   */
  public EntraScope {
    custom.ifPresent(path -> {
      if (!CUSTOM.matcher(path.text()).matches()) {
        throw new IllegalArgumentException(
            "Expected an extension's URN, a colon and an attribute, but got " + path.text());
      }
    });
  }

  /** Which attributes are provisioned. */
  public enum Mapping {
    /** User name, active, names, work e-mail and language: the Phonemos guide. */
    REDUCED,
    /**
     * What a new job has: reduced, and external id, title, address, phone numbers, employee number,
     * department and manager [D E1].
     */
    FULL
  }

  /** The attribute by which a user is found; also that of the probe [D E1]. */
  public enum Matching {
    /** {@code userName} [D E1]. */
    USER_NAME,
    /** {@code externalId}, which is then mapped in any case [D E1] [R C8]. */
    EXTERNAL_ID,
    /** {@code emails[type eq "work"].value} [D E1]; somebody without one is not provisioned [I]. */
    WORK_EMAIL
  }

  /** The same with other attributes. */
  public EntraScope with(Mapping value) {
    return new EntraScope(value, matching, groups, active, custom);
  }

  /** The same, users found by another attribute. */
  public EntraScope with(Matching value) {
    return new EntraScope(mapping, value, groups, active, custom);
  }

  /** The same with or without {@link #groups}. */
  public EntraScope withGroups(boolean value) {
    return new EntraScope(mapping, matching, value, active, custom);
  }

  /** The same with or without {@link #active}. */
  public EntraScope withActive(boolean value) {
    return new EntraScope(mapping, matching, groups, value, custom);
  }

  /** The same with a {@link #custom} attribute, or none. */
  public EntraScope withCustom(Optional<AttributePath> value) {
    return new EntraScope(mapping, matching, groups, active, value);
  }
}
