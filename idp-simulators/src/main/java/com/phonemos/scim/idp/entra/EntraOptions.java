package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one Entra provisioning job is set up.
 *
 * @param shape the shape of its requests
 * @param scope what it provisions
 * @param rules how it behaves
 * @param execution how its work is carried out; the time-out of 100 s is [M]
 */
public record EntraOptions(
    EntraShape shape, EntraScope scope, EntraRules rules, Execution execution) {
  /** A custom application as it is created today, with the mapping of the Phonemos guide. */
  public static EntraOptions defaults() {
    return new EntraOptions(
        EntraShape.defaults(),
        new EntraScope(
            EntraScope.Mapping.REDUCED,
            List.of(EntraScope.Matching.USER_NAME),
            true,
            true,
            Optional.empty(),
            EntraScope.AppRoles.NONE),
        EntraRules.defaults(),
        Execution.defaults(Execution.PARALLEL, Duration.ofSeconds(100)));
  }

  /** The same with another {@link #shape}. */
  public EntraOptions with(EntraShape value) {
    return new EntraOptions(value, scope, rules, execution);
  }

  /** The same with another {@link #scope}. */
  public EntraOptions with(EntraScope value) {
    return new EntraOptions(shape, value, rules, execution);
  }

  /** The same with other {@link #rules}. */
  public EntraOptions with(EntraRules value) {
    return new EntraOptions(shape, scope, value, execution);
  }

  /** The same with another {@link #execution}. */
  public EntraOptions with(Execution value) {
    return new EntraOptions(shape, scope, rules, value);
  }

  /** The same in another dialect. */
  public EntraOptions withDialect(EntraShape.Dialect dialect) {
    return with(shape.with(dialect));
  }

  /** The same with other attributes. */
  public EntraOptions withMapping(EntraScope.Mapping value) {
    return with(scope.with(value));
  }

  /** The same, users found by other attributes, in their order. */
  public EntraOptions withMatching(EntraScope.Matching... values) {
    return with(scope.with(values));
  }

  /** The same with application roles mapped otherwise. */
  public EntraOptions withRoles(EntraScope.AppRoles value) {
    return with(scope.with(value));
  }

  /** The same with or without groups. */
  public EntraOptions withGroups(boolean value) {
    return with(scope.withGroups(value));
  }

  /** The same with or without {@code active} among the mapped attributes. */
  public EntraOptions withActive(boolean value) {
    return with(scope.withActive(value));
  }

  /** The same with so many objects at a time. */
  public EntraOptions withParallel(int value) {
    return with(execution.withParallel(value));
  }

  /** The same, its progress told. */
  public EntraOptions withProgress(Progress value) {
    return with(execution.withProgress(value));
  }
}
