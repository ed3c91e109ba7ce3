package com.phonemos.scim.idp.okta;

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
 */
public record OktaShape(
    AppType appType,
    boolean emailType,
    boolean memberDisplayNull,
    boolean groupPutHasId,
    boolean getBeforeLinkPut,
    int batch,
    PushNow pushNow) {
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

  /** What an application of this type sends as documented. */
  public static OktaShape of(AppType appType) {
    return new OktaShape(appType, true, false, true, false, 100, PushNow.WITH_PATH);
  }

  /** The same with another {@link #emailType}. */
  public OktaShape withEmailType(boolean value) {
    return new OktaShape(
        appType, value, memberDisplayNull, groupPutHasId, getBeforeLinkPut, batch, pushNow);
  }

  /** The same with another {@link #memberDisplayNull}. */
  public OktaShape withMemberDisplayNull(boolean value) {
    return new OktaShape(
        appType, emailType, value, groupPutHasId, getBeforeLinkPut, batch, pushNow);
  }

  /** The same with another {@link #groupPutHasId}. */
  public OktaShape withGroupPutHasId(boolean value) {
    return new OktaShape(
        appType, emailType, memberDisplayNull, value, getBeforeLinkPut, batch, pushNow);
  }

  /** The same with another {@link #getBeforeLinkPut}. */
  public OktaShape withGetBeforeLinkPut(boolean value) {
    return new OktaShape(
        appType, emailType, memberDisplayNull, groupPutHasId, value, batch, pushNow);
  }

  /** The same with another {@link #batch}. */
  public OktaShape withBatch(int value) {
    return new OktaShape(
        appType, emailType, memberDisplayNull, groupPutHasId, getBeforeLinkPut, value, pushNow);
  }

  /** The same with another {@link #pushNow}. */
  public OktaShape withPushNow(PushNow value) {
    return new OktaShape(
        appType, emailType, memberDisplayNull, groupPutHasId, getBeforeLinkPut, batch, value);
  }
}
