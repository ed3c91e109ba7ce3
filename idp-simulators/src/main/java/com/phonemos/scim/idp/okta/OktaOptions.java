package com.phonemos.scim.idp.okta;

import com.phonemos.scim.idp.cycle.Progress;
import java.time.Duration;

/**
 * How one Okta application is set up.
 *
 * @param appType decides between PUT and PATCH
 * @param emailType whether e-mails carry {@code "type":"work"}: docs show it [D K1], one capture
 *     does not [O A]
 * @param memberDisplayNull whether members carry a null display name [O S12]
 * @param getBeforeLinkPut whether a user found by a lookup is read before it is linked [O B]
 * @param batch membership changes in one PATCH, 100 to 1000 [D K8]
 * @param pushNow the shape of a full push to an application that patches
 * @param parallel tasks at the same time; not published, so [I]
 * @param timeout how long Okta waits before it closes the socket: 60 s [D K2]
 * @param progress told how far a run is
 */
public record OktaOptions(
    AppType appType,
    boolean emailType,
    boolean memberDisplayNull,
    boolean getBeforeLinkPut,
    int batch,
    PushNow pushNow,
    int parallel,
    Duration timeout,
    Progress progress) {
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

  /** An application of this type as documented. */
  public static OktaOptions defaults(AppType appType) {
    return new OktaOptions(
        appType,
        true,
        false,
        false,
        100,
        PushNow.WITH_PATH,
        4,
        Duration.ofSeconds(60),
        Progress.none());
  }

  /** A custom application made with the App Integration Wizard. */
  public static OktaOptions defaults() {
    return defaults(AppType.AIW);
  }

  /** The same with another {@link #appType}. */
  public OktaOptions withAppType(AppType value) {
    return new OktaOptions(
        value,
        emailType,
        memberDisplayNull,
        getBeforeLinkPut,
        batch,
        pushNow,
        parallel,
        timeout,
        progress);
  }

  /** The same with another {@link #emailType}. */
  public OktaOptions withEmailType(boolean value) {
    return new OktaOptions(
        appType,
        value,
        memberDisplayNull,
        getBeforeLinkPut,
        batch,
        pushNow,
        parallel,
        timeout,
        progress);
  }

  /** The same with another {@link #memberDisplayNull}. */
  public OktaOptions withMemberDisplayNull(boolean value) {
    return new OktaOptions(
        appType, emailType, value, getBeforeLinkPut, batch, pushNow, parallel, timeout, progress);
  }

  /** The same with another {@link #getBeforeLinkPut}. */
  public OktaOptions withGetBeforeLinkPut(boolean value) {
    return new OktaOptions(
        appType, emailType, memberDisplayNull, value, batch, pushNow, parallel, timeout, progress);
  }

  /** The same with another {@link #batch}. */
  public OktaOptions withBatch(int value) {
    return new OktaOptions(
        appType,
        emailType,
        memberDisplayNull,
        getBeforeLinkPut,
        value,
        pushNow,
        parallel,
        timeout,
        progress);
  }

  /** The same with another {@link #pushNow}. */
  public OktaOptions withPushNow(PushNow value) {
    return new OktaOptions(
        appType,
        emailType,
        memberDisplayNull,
        getBeforeLinkPut,
        batch,
        value,
        parallel,
        timeout,
        progress);
  }

  /** The same with another {@link #parallel}. */
  public OktaOptions withParallel(int value) {
    return new OktaOptions(
        appType,
        emailType,
        memberDisplayNull,
        getBeforeLinkPut,
        batch,
        pushNow,
        value,
        timeout,
        progress);
  }

  /** The same with another {@link #timeout}. */
  public OktaOptions withTimeout(Duration value) {
    return new OktaOptions(
        appType,
        emailType,
        memberDisplayNull,
        getBeforeLinkPut,
        batch,
        pushNow,
        parallel,
        value,
        progress);
  }

  /** The same with another {@link #progress}. */
  public OktaOptions withProgress(Progress value) {
    return new OktaOptions(
        appType,
        emailType,
        memberDisplayNull,
        getBeforeLinkPut,
        batch,
        pushNow,
        parallel,
        timeout,
        value);
  }
}
