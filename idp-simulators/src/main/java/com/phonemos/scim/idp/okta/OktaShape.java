package com.phonemos.scim.idp.okta;

import com.phonemos.scim.idp.okta.OktaShape.UserLookup.Identifier;

/**
 * The shape of Okta's requests, where it differs between applications or between captures.
 *
 * @param appType decides between PUT and PATCH
 * @param emailType whether e-mails carry {@code "type":"work"}: docs show it [D K1], one capture
 *     does not [O A]
 * @param memberDisplayNull whether members carry a null display name [O S12]
 * @param groupPutHasId whether a replaced group carries its id: captures do [O A, S12, C16], the
 *     documented sample does not [D K1]
 * @param getBeforeLinkPut whether a user found by a lookup is read before it is linked [O B]
 * @param batch membership changes in one PATCH, 100 to 1000 [D K8]
 * @param pushNow the shape of a full push to an application that patches
 * @param job whether title and department are mapped too [O A]
 * @param userLookup how users are looked up
 */
public record OktaShape(
    AppType appType,
    boolean emailType,
    boolean memberDisplayNull,
    boolean groupPutHasId,
    boolean getBeforeLinkPut,
    int batch,
    PushNow pushNow,
    boolean job,
    UserLookup userLookup) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if a request would hold no change
   */
  public OktaShape {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "Expected at least one change in a request, but got " + batch);
    }
  }

  /** The kinds of application. */
  public enum AppType {
    /** Made with the App Integration Wizard: reads and replaces everything [D K1, K2] [O A]. */
    AIW,
    /** From the catalogue, or its SCIM templates: patches active and groups [D K1, K2]. */
    OIN
  }

  /** The shape of a full push. */
  public enum PushNow {
    /** {@code replace} with the path {@code members} [D K1] [O S13]. */
    WITH_PATH,
    /** {@code replace} without a path, and a message without schemas [O S14]. */
    WITHOUT_PATH
  }

  /**
   * How users are looked up.
   *
   * @param identifier the attribute that identifies a user
   * @param plus whether a space of the filter becomes a plus sign, as in an older sample [D K7],
   *     instead of %20 [D K1]
   */
  public record UserLookup(Identifier identifier, boolean plus) {
    /** The "unique identifier field for users" of an application [D K3]. */
    public enum Identifier {
      /** {@code userName} [D K1]. */
      USER_NAME,
      /** {@code emails.value} [I D K3]. */
      EMAIL
    }
  }

  /** What an application of this type sends as documented. */
  public static OktaShape of(AppType appType) {
    return new OktaShape(
        appType,
        true,
        false,
        true,
        false,
        100,
        PushNow.WITH_PATH,
        false,
        new UserLookup(Identifier.USER_NAME, false));
  }

  /** The same with another {@link #emailType}. */
  public OktaShape withEmailType(boolean value) {
    return new OktaShape(
        appType,
        value,
        memberDisplayNull,
        groupPutHasId,
        getBeforeLinkPut,
        batch,
        pushNow,
        job,
        userLookup);
  }

  /** The same with another {@link #memberDisplayNull}. */
  public OktaShape withMemberDisplayNull(boolean value) {
    return new OktaShape(
        appType,
        emailType,
        value,
        groupPutHasId,
        getBeforeLinkPut,
        batch,
        pushNow,
        job,
        userLookup);
  }

  /** The same with another {@link #groupPutHasId}. */
  public OktaShape withGroupPutHasId(boolean value) {
    return new OktaShape(
        appType,
        emailType,
        memberDisplayNull,
        value,
        getBeforeLinkPut,
        batch,
        pushNow,
        job,
        userLookup);
  }

  /** The same with another {@link #getBeforeLinkPut}. */
  public OktaShape withGetBeforeLinkPut(boolean value) {
    return new OktaShape(
        appType,
        emailType,
        memberDisplayNull,
        groupPutHasId,
        value,
        batch,
        pushNow,
        job,
        userLookup);
  }

  /** The same with another {@link #batch}. */
  public OktaShape withBatch(int value) {
    return new OktaShape(
        appType,
        emailType,
        memberDisplayNull,
        groupPutHasId,
        getBeforeLinkPut,
        value,
        pushNow,
        job,
        userLookup);
  }

  /** The same with another {@link #pushNow}. */
  public OktaShape withPushNow(PushNow value) {
    return new OktaShape(
        appType,
        emailType,
        memberDisplayNull,
        groupPutHasId,
        getBeforeLinkPut,
        batch,
        value,
        job,
        userLookup);
  }

  /** The same with another {@link #job}. */
  public OktaShape withJob(boolean value) {
    return new OktaShape(
        appType,
        emailType,
        memberDisplayNull,
        groupPutHasId,
        getBeforeLinkPut,
        batch,
        pushNow,
        value,
        userLookup);
  }

  /** The same with another {@link #userLookup}. */
  public OktaShape withUserLookup(UserLookup value) {
    return new OktaShape(
        appType,
        emailType,
        memberDisplayNull,
        groupPutHasId,
        getBeforeLinkPut,
        batch,
        pushNow,
        job,
        value);
  }
}
