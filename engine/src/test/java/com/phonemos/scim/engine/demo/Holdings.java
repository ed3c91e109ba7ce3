package com.phonemos.scim.engine.demo;

import com.phonemos.scim.idp.verify.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one side holds, in terms that all sides share.
 *
 * @param accounts by the SCIM user name in lower case
 * @param groups by name; the members by their SCIM user name in lower case
 */
record Holdings(Map<String, Account> accounts, Map<String, Set<String>> groups) {
  /**
   * A person's account.
   *
   * @param active whether the person may log in
   * @param details what else can be compared, by what it is called; empty where a side does not
   *     tell
   */
  record Account(boolean active, Map<String, String> details) {}

  Holdings {
    accounts = new TreeMap<>(accounts);
    groups = new TreeMap<>(groups);
  }

  /** What the identity provider's rules make of its directory. */
  static Holdings of(Expectation expected) {
    return new Holdings(
        expected.users().stream()
            .collect(
                Collectors.toMap(
                    user -> fold(user.userName()), user -> new Account(user.active(), Map.of()))),
        expected.groups().stream()
            .collect(
                Collectors.toMap(
                    Expectation.Group::displayName,
                    group ->
                        group.members().stream().map(Holdings::fold).collect(Collectors.toSet()))));
  }

  long users() {
    return accounts.size();
  }

  long active() {
    return accounts.values().stream().filter(Account::active).count();
  }

  long memberships() {
    return groups.values().stream().mapToLong(Set::size).sum();
  }

  /** Everything that is otherwise on another side, named. */
  List<String> differences(String otherSide, Holdings other) {
    List<String> differences = new ArrayList<>();
    accounts.forEach((name, account) -> {
      Account there = other.accounts.get(name);
      if (there == null) {
        differences.add("user " + name + " is missing in " + otherSide);
      } else {
        differences.addAll(differences(name, account, otherSide, there));
      }
    });
    other.accounts.keySet().stream()
        .filter(name -> !accounts.containsKey(name))
        .forEach(name -> differences.add("user " + name + " is only in " + otherSide));
    groups.forEach((name, members) -> {
      Set<String> there = other.groups.get(name);
      if (there == null) {
        differences.add("group " + name + " is missing in " + otherSide);
      } else {
        without(members, there)
            .forEach(member ->
                differences.add("group " + name + " lacks member " + member + " in " + otherSide));
        without(there, members)
            .forEach(member ->
                differences.add(
                    "group " + name + " has member " + member + " only in " + otherSide));
      }
    });
    other.groups.keySet().stream()
        .filter(name -> !groups.containsKey(name))
        .forEach(name -> differences.add("group " + name + " is only in " + otherSide));
    return differences;
  }

  /** How much of this the other side holds already, out of {@link #size}. */
  long sharedWith(Holdings other) {
    long shared =
        accounts.entrySet().stream()
            .filter(account -> account.getValue().equals(other.accounts.get(account.getKey())))
            .count();
    for (Map.Entry<String, Set<String>> group : groups.entrySet()) {
      Set<String> there = other.groups.getOrDefault(group.getKey(), Set.of());
      shared += group.getValue().stream().filter(there::contains).count();
    }
    return shared;
  }

  /** Users and memberships. */
  long size() {
    return users() + memberships();
  }

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static List<String> differences(
      String name, Account here, String otherSide, Account there) {
    List<String> differences = new ArrayList<>();
    if (here.active() != there.active()) {
      differences.add(
          "user " + name + (there.active() ? " is" : " is not") + " active in " + otherSide);
    }
    here.details()
        .forEach((what, value) -> {
          String otherValue = there.details().getOrDefault(what, value);
          if (!otherValue.equals(value)) {
            differences.add(
                "user %s: %s is \"%s\" in %s, expected \"%s\""
                    .formatted(name, what, otherValue, otherSide, value));
          }
        });
    return differences;
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
