package com.phonemos.scim.idp.entra;

/**
 * What a job provisions.
 *
 * @param mapping which attributes
 * @param matching the attribute by which a user is found
 * @param groups whether groups too
 */
public record EntraScope(Mapping mapping, Matching matching, boolean groups) {
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
}
