package com.phonemos.scim.idp.entra;

/**
 * The shape of Entra's requests, where it differs between jobs or between captures.
 *
 * @param dialect the shape of PATCH requests
 * @param keyOrder the order of the members of a PATCH request
 * @param dollarRef where a member carries an explicit null {@code $ref}
 * @param booleans how the default dialect writes booleans
 * @param memberAdd how the flag dialect adds a member
 * @param membersPerPatch members in one request; one for every custom application [R C9]
 */
public record EntraShape(
    Dialect dialect,
    KeyOrder keyOrder,
    DollarRef dollarRef,
    BooleanStyle booleans,
    FlagMemberAdd memberAdd,
    int membersPerPatch) {
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

  /** Where a member carries an explicit null {@code $ref}. */
  public enum DollarRef {
    /** When a member is added [D E1], not when one is removed [D E2, O S10, S11]. */
    ON_ADD,
    /** Always [D E1]. */
    ALWAYS,
    /** Never [R S2, C28]. */
    NEVER
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

  /** How the flag dialect adds a member. */
  public enum FlagMemberAdd {
    /** {@code replace} with only the member that is added [O C11]. */
    REPLACE,
    /** {@code add} [O E11, preview test 29]. */
    ADD
  }

  /** What a custom application sends today. */
  public static EntraShape defaults() {
    return new EntraShape(
        Dialect.DEFAULT,
        KeyOrder.AS_CAPTURED,
        DollarRef.ON_ADD,
        BooleanStyle.CAPITAL_TEXT,
        FlagMemberAdd.REPLACE,
        1);
  }

  /** The same with another {@link #dialect}. */
  public EntraShape withDialect(Dialect value) {
    return new EntraShape(value, keyOrder, dollarRef, booleans, memberAdd, membersPerPatch);
  }

  /** The same with another {@link #keyOrder}. */
  public EntraShape withKeyOrder(KeyOrder value) {
    return new EntraShape(dialect, value, dollarRef, booleans, memberAdd, membersPerPatch);
  }

  /** The same with another {@link #dollarRef}. */
  public EntraShape withDollarRef(DollarRef value) {
    return new EntraShape(dialect, keyOrder, value, booleans, memberAdd, membersPerPatch);
  }

  /** The same with another {@link #booleans}. */
  public EntraShape withBooleans(BooleanStyle value) {
    return new EntraShape(dialect, keyOrder, dollarRef, value, memberAdd, membersPerPatch);
  }

  /** The same with another {@link #memberAdd}. */
  public EntraShape withMemberAdd(FlagMemberAdd value) {
    return new EntraShape(dialect, keyOrder, dollarRef, booleans, value, membersPerPatch);
  }

  /** The same with another {@link #membersPerPatch}. */
  public EntraShape withMembersPerPatch(int value) {
    return new EntraShape(dialect, keyOrder, dollarRef, booleans, memberAdd, value);
  }
}
