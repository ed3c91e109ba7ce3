package com.phonemos.scim.conformance.suite;

import java.util.List;
import java.util.Set;

/**
 * Which cases to run. An empty set or list selects all.
 *
 * @param ids whole ids, or paths above them such as {@code rfc7644/3.5.2}
 */
public record Selection(
    Set<Profile> profiles, List<String> ids, Set<Level> levels, Set<Feature> features) {
  /** Everything. */
  public static Selection all() {
    return new Selection(Set.of(), List.of(), Set.of(), Set.of());
  }

  /** All cases of one profile. */
  public static Selection of(Profile profile) {
    return new Selection(Set.of(profile), List.of(), Set.of(), Set.of());
  }

  /** Those of a list that are selected, in its order. */
  public List<Case> from(List<Case> cases) {
    return cases.stream().filter(this::selects).toList();
  }

  private boolean selects(Case one) {
    return (profiles.isEmpty() || profiles.contains(one.profile()))
        && (levels.isEmpty() || levels.contains(one.level()))
        && (features.isEmpty() || one.needs().stream().anyMatch(features::contains))
        && (ids.isEmpty() || ids.stream().anyMatch(id -> under(one.id(), id)));
  }

  private static boolean under(String id, String path) {
    return id.equals(path)
        || id.startsWith(path.endsWith("/") ? path : path + "/")
        // 3.5.2 stands above 3.5.2.1 as well.
        || id.startsWith(path + ".");
  }
}
