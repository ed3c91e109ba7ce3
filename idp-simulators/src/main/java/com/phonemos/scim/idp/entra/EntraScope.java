package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.wire.AttributePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a job provisions.
 *
 * @param mapping which attributes
 * @param matching the attributes by which a user is found, one after the other [D E8]
 * @param groups whether groups too
 * @param active whether {@code active} is mapped; without it, who loses access is deleted instead
 *     of switched off [D E3]
 * @param custom an attribute of an extension of one's own that the employee number is mapped to as
 *     well, as in the documented example: {@code
 *     urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:CustomAttribute} [D E6]
 * @param roles how roles of the application are mapped
 */
public record EntraScope(
    Mapping mapping,
    List<Matching> matching,
    boolean groups,
    boolean active,
    Optional<AttributePath> custom,
    AppRoles roles) {
  private static final Pattern CUSTOM = Pattern.compile("urn:[^ ]+:[^ :]+:[A-Za-z][\\w$-]*");

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException if the custom attribute has no URN, or users are not matched
   */
  public EntraScope {
    matching = List.copyOf(matching);
    if (matching.isEmpty()) {
      throw new IllegalArgumentException("Expected an attribute that users are found by");
    }
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

  /** How application roles are mapped; their texts are those of the documented samples [D E6]. */
  public enum AppRoles {
    /** Not at all. */
    NONE,
    /** {@code SingleAppRoleAssignment}: one, which is primary [D E6]. */
    SINGLE,
    /** {@code AppRoleAssignmentsComplex}: all, which are only ever added [D E6]. */
    COMPLEX,
    /** {@code AssertiveAppRoleAssignmentsComplex}: all, which replace what is there [D E6]. */
    ASSERTIVE
  }

  /** The same with other attributes. */
  public EntraScope with(Mapping value) {
    return new EntraScope(value, matching, groups, active, custom, roles);
  }

  /** The same, users found by other attributes, in their order. */
  public EntraScope with(Matching... values) {
    return new EntraScope(mapping, List.of(values), groups, active, custom, roles);
  }

  /** The same with or without {@link #groups}. */
  public EntraScope withGroups(boolean value) {
    return new EntraScope(mapping, matching, value, active, custom, roles);
  }

  /** The same with or without {@link #active}. */
  public EntraScope withActive(boolean value) {
    return new EntraScope(mapping, matching, groups, value, custom, roles);
  }

  /** The same with a {@link #custom} attribute, or none. */
  public EntraScope withCustom(Optional<AttributePath> value) {
    return new EntraScope(mapping, matching, groups, active, value, roles);
  }

  /** The same with {@link #roles} mapped otherwise. */
  public EntraScope with(AppRoles value) {
    return new EntraScope(mapping, matching, groups, active, custom, value);
  }
}
