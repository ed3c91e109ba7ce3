package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.entra.EntraView.KnownGroup;
import com.phonemos.scim.idp.entra.EntraView.KnownUser;
import com.phonemos.scim.idp.verify.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the endpoint should hold: the directory, less what Entra by its own rules does not send.
 *
 * <p>People who lost access stay as switched-off accounts and stay members; people who never had
 * access while their group was read are not members.
 */
final class EntraExpectation {
  private EntraExpectation() {}

  static Expectation of(
      Directory directory, EntraView view, EntraMapping mapping, EntraOptions options) {
    Map<String, String> userNames = new LinkedHashMap<>();
    List<Expectation.User> users = new ArrayList<>();
    for (PersonState state : directory.people()) {
      String id = state.person().id();
      KnownUser known = view.user(id);
      if (state.inScope()) {
        userNames.put(id, state.person().userName());
        users.add(
            new Expectation.User(
                state.person().userName(), true, mapping.expected(state.person())));
      } else if (known != null
          && (!state.purged() || known.released() || options.rules().skipOutOfScopeDeletions())) {
        userNames.put(id, known.userName());
        boolean leftAlone = options.rules().skipOutOfScopeDeletions() && known.active();
        users.add(new Expectation.User(known.userName(), leftAlone, Map.of()));
      }
    }
    List<Expectation.Group> groups = new ArrayList<>();
    for (GroupState group : options.scope().groups() ? directory.groups() : List.<GroupState>of()) {
      if (group.inScope()) {
        groups.add(new Expectation.Group(group.displayName(), members(group, view, userNames)));
      }
    }
    return new Expectation(users, groups);
  }

  private static Set<String> members(
      GroupState group, EntraView view, Map<String, String> userNames) {
    KnownGroup known = view.group(group.id());
    Set<String> members = new TreeSet<>();
    for (String personId : group.members()) {
      String userName = userNames.get(personId);
      boolean skipped = known != null && known.skipped().contains(personId);
      if (userName != null && !skipped) {
        members.add(userName);
      }
    }
    return members;
  }
}
