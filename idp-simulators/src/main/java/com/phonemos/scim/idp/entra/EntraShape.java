package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.wire.AttributePath;

/**
 * The shape of Entra's requests, where it differs between jobs or between captures.
 *
 * @param dialect the shape of PATCH requests
 * @param keyOrder the order of the members of a PATCH request
 * @param booleans how the default dialect writes booleans
 * @param edition whose samples are followed where editions of Microsoft's document differ
 * @param enterpriseUrn whether a creation names the enterprise schema even where none of its
 *     attributes is sent [D E1]
 * @param members how members are added and removed
 * @param managers how managers are set and taken away
 * @param application what kind of application it is
 */
public record EntraShape(
    Dialect dialect,
    KeyOrder keyOrder,
    BooleanStyle booleans,
    Edition edition,
    boolean enterpriseUrn,
    Members members,
    Managers managers,
    Application application) {
  /** The kinds of application. */
  public enum Application {
    /** What an administrator makes: the mapping knows the attributes [D E1]. */
    CUSTOM,
    /**
     * One of the gallery whose attributes are discovered: {@code /Schemas} is read when the
     * configuration is tested [D E1], an element is chosen by {@code primary} and operations come
     * first [O E11, C10].
     */
    GALLERY
  }

  /** The shape of PATCH requests. */
  public enum Dialect {
    /** Operations with a capital letter, booleans as text: every custom application [D E2]. */
    DEFAULT,
    /** As RFC 7644 has it, after {@code ?aadOptscim062020} in the Tenant URL [D E2]. */
    FLAG
  }

  /** The order of {@code schemas} and {@code Operations}; Entra's is not stable. */
  public enum KeyOrder {
    /** Operations first where a capture shows it [O C1, C6], schemas first elsewhere [O C3]. */
    AS_CAPTURED,
    /** Operations first. */
    OPERATIONS_FIRST,
    /** Schemas first. */
    SCHEMAS_FIRST
  }

  /** How the default dialect writes booleans. */
  public enum BooleanStyle {
    /** {@code "False"} [D E2] [O S3]. */
    CAPITAL_TEXT,
    /** {@code "false"} [O C5]. */
    LOWER_TEXT,
    /** {@code false} [D E1, one sample]. */
    JSON
  }

  /** The edition of Microsoft's document whose samples are followed [D E1]. */
  public enum Edition {
    /** What captures show too. */
    CURRENT,
    /**
     * Creations with a null for each attribute without a value; groups with a schema of Microsoft's
     * own and without members; a manager as a list of references; and before a reference is
     * written, a question whether it is there already.
     */
    OLDER
  }

  /**
   * How members are added and removed.
   *
   * @param dollarRef where a member carries an explicit null {@code $ref}
   * @param flagAdd how the flag dialect adds a member
   * @param perPatch members in one request; one for every custom application [R C9]
   */
  public record Members(DollarRef dollarRef, FlagAdd flagAdd, int perPatch) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if a request would hold no member
     */
    public Members {
      if (perPatch < 1) {
        throw new IllegalArgumentException(
            "Expected at least one member in a request, but got " + perPatch);
      }
    }

    /** Where a member carries an explicit null {@code $ref}. */
    public enum DollarRef {
      /** When a member is added [D E1], not when one is removed [D E2, O S10, S11]. */
      ON_ADD,
      /** Always [D E1]. */
      ALWAYS,
      /** Never [R S2, C28]. */
      NEVER
    }

    /** How the flag dialect adds a member. */
    public enum FlagAdd {
      /** {@code replace} with only the member that is added [O C11]. */
      REPLACE,
      /** {@code add} [O E11, preview test 29]. */
      ADD
    }
  }

  /**
   * How managers are set and taken away.
   *
   * @param flagValue the value in the flag dialect; the default dialect's is always text
   * @param removal how a manager is taken away
   */
  public record Managers(FlagValue flagValue, Removal removal) {
    /** The value of a manager in the flag dialect. */
    public enum FlagValue {
      /** The identifier as text [O S8]. */
      TEXT,
      /** An object with a {@code value} [O E11]. */
      OBJECT
    }

    /** How a manager is taken away. */
    public enum Removal {
      /** Replaced by {@code ""} [D E10]. */
      EMPTY_TEXT,
      /** Replaced by an object with an empty {@code value} [O E11]. */
      EMPTY_OBJECT,
      /** A filtered removal whose path lacks the URN [O S9]. */
      FILTERED
    }
  }

  /** What a custom application sends today. */
  public static EntraShape defaults() {
    return new EntraShape(
        Dialect.DEFAULT,
        KeyOrder.AS_CAPTURED,
        BooleanStyle.CAPITAL_TEXT,
        Edition.CURRENT,
        true,
        new Members(Members.DollarRef.ON_ADD, Members.FlagAdd.REPLACE, 1),
        new Managers(Managers.FlagValue.TEXT, Managers.Removal.EMPTY_TEXT),
        Application.CUSTOM);
  }

  /** The same with another {@link #dialect}. */
  public EntraShape with(Dialect value) {
    return new EntraShape(
        value, keyOrder, booleans, edition, enterpriseUrn, members, managers, application);
  }

  /** The same with another {@link #keyOrder}. */
  public EntraShape with(KeyOrder value) {
    return new EntraShape(
        dialect, value, booleans, edition, enterpriseUrn, members, managers, application);
  }

  /** The same with other {@link #booleans}. */
  public EntraShape with(BooleanStyle value) {
    return new EntraShape(
        dialect, keyOrder, value, edition, enterpriseUrn, members, managers, application);
  }

  /** The same with another {@link #edition}. */
  public EntraShape with(Edition value) {
    return new EntraShape(
        dialect, keyOrder, booleans, value, enterpriseUrn, members, managers, application);
  }

  /** The same with another {@link #enterpriseUrn}. */
  public EntraShape withEnterpriseUrn(boolean value) {
    return new EntraShape(
        dialect, keyOrder, booleans, edition, value, members, managers, application);
  }

  boolean older() {
    return edition == Edition.OLDER;
  }

  /** The same with other {@link #members}. */
  public EntraShape with(Members value) {
    return new EntraShape(
        dialect, keyOrder, booleans, edition, enterpriseUrn, value, managers, application);
  }

  /** The same with other {@link #managers}. */
  public EntraShape with(Managers value) {
    return new EntraShape(
        dialect, keyOrder, booleans, edition, enterpriseUrn, members, value, application);
  }

  /** The same for another kind of {@link #application}. */
  public EntraShape with(Application value) {
    return new EntraShape(
        dialect, keyOrder, booleans, edition, enterpriseUrn, members, managers, value);
  }

  boolean gallery() {
    return application == Application.GALLERY;
  }

  /** The address of mail at work, as the mapping names it. */
  AttributePath email() {
    return new AttributePath(
        gallery() ? "emails[primary eq true].value" : "emails[type eq \"work\"].value");
  }
}
