package com.phonemos.scim.idp.okta;

import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.okta.OktaView.KnownUser;
import com.phonemos.scim.idp.verify.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the endpoint should hold: everyone who has the application, switched-off accounts of those
 * who had it, and the pushed groups with the members who have it.
 */
final class OktaExpectation {
  private OktaExpectation() {}

  static Expectation of(
      Directory directory, OktaView view, OktaProfile profile, Predicate<GroupState> pushed) {
    Map<String, String> inScope = new LinkedHashMap<>();
    List<Expectation.User> users = new ArrayList<>();
    for (PersonState state : directory.people()) {
      KnownUser known = view.user(state.person().id());
      if (state.inScope()) {
        inScope.put(state.person().id(), state.person().userName());
        users.add(
            new Expectation.User(state.person().userName(), true, profile.values(state.person())));
      } else if (known != null) {
        users.add(new Expectation.User(known.userName(), false, Map.of()));
      }
    }
    List<Expectation.Group> groups =
        directory.groups().stream()
            .filter(GroupState::inScope)
            .filter(pushed)
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
