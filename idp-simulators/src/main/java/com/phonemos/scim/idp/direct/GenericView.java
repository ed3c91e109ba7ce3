package com.phonemos.scim.idp.direct;

import com.phonemos.scim.idp.directory.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the generic client believes the endpoint holds. */
final class GenericView {
  /**
   * An account.
   *
   * @param sent what was last sent; empty where the account was found, or is switched off
   */
  record Account(String id, String userName, Optional<Person> sent) {
    static Account of(String id, Person person) {
      return new Account(id, person.userName(), Optional.of(person));
    }

    Account switchedOff() {
      return new Account(id, userName, Optional.empty());
    }
  }

  /**
   * A group.
   *
   * @param members the people whose membership was sent; grows and shrinks
   */
  record Known(String id, String displayName, Set<String> members) {
    static Known of(String id, String displayName, Set<String> members) {
      Set<String> sent = ConcurrentHashMap.newKeySet();
      sent.addAll(members);
      return new Known(id, displayName, sent);
    }
  }

  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Known> groups = new ConcurrentHashMap<>();

  @Nullable Account account(String personId) {
    return accounts.get(personId);
  }

  void know(String personId, Account account) {
    accounts.put(personId, account);
  }

  /** An account that was there before. */
  Account found(Person person, String id) {
    Account account = new Account(id, person.userName(), Optional.empty());
    know(person.id(), account);
    return account;
  }

  boolean active(String personId) {
    Account account = accounts.get(personId);
    return account != null && account.sent().isPresent();
  }

  /** The endpoint's identifiers of these people. */
  List<String> ids(List<String> personIds) {
    return personIds.stream().map(accounts::get).filter(Objects::nonNull).map(Account::id).toList();
  }

  @Nullable Known group(String groupId) {
    return groups.get(groupId);
  }

  void know(String groupId, Known group) {
    groups.put(groupId, group);
  }

  void forgetGroup(String groupId) {
    groups.remove(groupId);
  }

  /** What there is, in words. */
  @Override
  public String toString() {
    long on = accounts.values().stream().filter(account -> account.sent().isPresent()).count();
    return String.format(
        Locale.ROOT,
        "%,d accounts, %,d of them active, %,d groups",
        accounts.size(),
        on,
        groups.size());
  }
}
