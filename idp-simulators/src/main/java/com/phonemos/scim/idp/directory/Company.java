package com.phonemos.scim.idp.directory;

import java.util.List;
import java.util.Set;

/**
 * A company at one moment: who works there, and which groups they are in.
 *
 * @param people everyone, in the order in which they joined
 * @param groups all groups
 */
public record Company(List<Person> people, List<Team> groups) {
  /** Copies the lists. */
  public Company {
    people = List.copyOf(people);
    groups = List.copyOf(groups);
  }

  /**
   * A group.
   *
   * @param id the directory's own identifier
   * @param displayName the name
   * @param members identifiers of the people in it, in order
   */
  public record Team(String id, String displayName, Set<String> members) {}

  /** The company that this specification's seed decides. */
  public static Company generate(CompanySpec spec) {
    return new CompanyGenerator(spec).generate();
  }
}
