package com.phonemos.scim.idp.okta;

import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.okta.OktaShape.AppType;
import java.time.Duration;

/**
 * How one Okta application is set up.
 *
 * @param shape the shape of its requests
 * @param importGroups whether groups are imported too; then a test of the connection asks for them
 *     [D K1-1.1]
 * @param renameLinked whether a group that was there before takes the name it has in Okta [D K10
 *     C9315, C9330]
 * @param entitlements whether roles and entitlements are discovered and given to users [D K6]
 * @param execution how tasks are carried out; Okta closes the socket after 60 s [D K2]
 */
public record OktaOptions(
    OktaShape shape,
    boolean importGroups,
    boolean renameLinked,
    boolean entitlements,
    Execution execution) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** An application of this type as documented. */
  public static OktaOptions defaults(AppType appType) {
    return new OktaOptions(
        OktaShape.of(appType), false, true, false, Execution.defaults(Execution.PARALLEL, TIMEOUT));
  }

  /** A custom application made with the App Integration Wizard. */
  public static OktaOptions defaults() {
    return defaults(AppType.AIW);
  }

  /** The same with another {@link #shape}. */
  public OktaOptions withShape(OktaShape value) {
    return new OktaOptions(value, importGroups, renameLinked, entitlements, execution);
  }

  /** The same with another {@link #importGroups}. */
  public OktaOptions withImportGroups(boolean value) {
    return new OktaOptions(shape, value, renameLinked, entitlements, execution);
  }

  /** The same with another {@link #renameLinked}. */
  public OktaOptions withRenameLinked(boolean value) {
    return new OktaOptions(shape, importGroups, value, entitlements, execution);
  }

  /** The same with other {@link #entitlements}. */
  public OktaOptions withEntitlements(boolean value) {
    return new OktaOptions(shape, importGroups, renameLinked, value, execution);
  }

  /** The same with another {@link #execution}. */
  public OktaOptions withExecution(Execution value) {
    return new OktaOptions(shape, importGroups, renameLinked, entitlements, value);
  }

  /** The same with so many tasks at a time. */
  public OktaOptions withParallel(int value) {
    return withExecution(execution.withParallel(value));
  }

  /** The same, its progress told. */
  public OktaOptions withProgress(Progress value) {
    return withExecution(execution.withProgress(value));
  }
}
