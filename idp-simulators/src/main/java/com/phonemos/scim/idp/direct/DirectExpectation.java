package com.phonemos.scim.idp.direct;

import com.phonemos.scim.idp.direct.Dialect.Departure;
import com.phonemos.scim.idp.direct.DirectProvider.Account;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.verify.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the endpoint should hold, given what a dialect does with those who left. */
final class DirectExpectation {
  private DirectExpectation() {}

  static Expectation of(Directory directory, Dialect dialect, Map<String, Account> accounts) {
    Map<String, String> inScope = new LinkedHashMap<>();
    List<Expectation.User> users = new ArrayList<>();
    for (PersonState state : directory.people()) {
      Account account = accounts.get(state.person().id());
      if (state.inScope()) {
        inScope.put(state.person().id(), state.person().userName());
        users.add(
            new Expectation.User(state.person().userName(), true, dialect.values(state.person())));
      } else if (account != null) {
        boolean stillActive = dialect.departure() == Departure.NOTHING;
        users.add(new Expectation.User(account.sent().userName(), stillActive, Map.of()));
      }
    }
    List<Expectation.Group> groups =
        directory.groups().stream()
            .filter(GroupState::inScope)
            .map(group -> new Expectation.Group(group.displayName(), members(group, inScope)))
            .toList();
    return new Expectation(users, groups);
  }

  private static Set<String> members(GroupState group, Map<String, String> inScope) {
    Set<String> members = new TreeSet<>();
    for (String personId : group.members()) {
      String userName = inScope.get(personId);
      if (userName != null) {
        members.add(userName);
      }
    }
    return members;
  }
}
