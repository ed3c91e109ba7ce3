package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.entra.EntraView.KnownGroup;
import com.phonemos.scim.idp.entra.EntraView.KnownUser;
import com.phonemos.scim.idp.wire.Purpose;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Adds people to groups and removes them: one member in a request, several requests for one group
 * at the same time [R C9, C13, C14]. Members are never read, and not checked after a 2xx [D E1].
 */
final class MemberProvisioning {
  private final EntraWire wire;
  private final EntraView view;
  private final EntraPatch patch;
  private final EntraShape shape;

  MemberProvisioning(EntraWire wire, EntraView view, EntraPatch patch, EntraShape shape) {
    this.wire = wire;
    this.view = view;
    this.patch = patch;
    this.shape = shape;
  }

  /**
   * One request.
   *
   * @param groupId the group in the directory
   * @param personIds who joins or leaves
   * @param joining whether they join
   */
  record Step(String groupId, List<String> personIds, boolean joining) {}

  /**
   * The requests that bring these groups' members to where they should be.
   *
   * @param groups groups to compare
   * @param people everyone in the directory
   * @param pending told of memberships that cannot be sent yet because an account is missing
   */
  List<Step> plan(
      Collection<GroupState> groups,
      Map<String, PersonState> people,
      Consumer<Escrow.Member> pending) {
    List<Step> steps = new ArrayList<>();
    for (GroupState group : groups) {
      KnownGroup known = view.group(group.id());
      if (known != null && group.inScope()) {
        chunk(group.id(), joining(group, known, people, pending), true, steps);
        chunk(group.id(), leaving(group, known), false, steps);
      }
    }
    return steps;
  }

  private List<String> joining(
      GroupState group,
      KnownGroup known,
      Map<String, PersonState> people,
      Consumer<Escrow.Member> pending) {
    known.skipped().retainAll(group.members());
    List<String> joining = new ArrayList<>();
    for (String personId : group.members()) {
      if (known.members().contains(personId) || known.skipped().contains(personId)) {
        continue;
      }
      PersonState person = people.get(personId);
      if (person == null || !person.inScope()) {
        known.skipped().add(personId);
      } else if (view.user(personId) == null) {
        pending.accept(new Escrow.Member(group.id(), personId));
      } else {
        joining.add(personId);
      }
    }
    return joining;
  }

  private List<String> leaving(GroupState group, KnownGroup known) {
    Set<String> members = group.members();
    known.members().removeIf(id -> !members.contains(id) && view.user(id) == null);
    return known.members().stream().filter(id -> !members.contains(id)).sorted().toList();
  }

  private void chunk(String groupId, List<String> people, boolean joining, List<Step> steps) {
    int perPatch = shape.members().perPatch();
    for (int from = 0; from < people.size(); from += perPatch) {
      int to = Math.min(people.size(), from + perPatch);
      steps.add(new Step(groupId, List.copyOf(people.subList(from, to)), joining));
    }
  }

  /** Sends one request. */
  void send(Step step) throws RequestFailed {
    KnownGroup group = view.group(step.groupId());
    if (group == null) {
      throw new RequestFailed("the group is not known to the endpoint");
    }
    List<String> ids = new ArrayList<>();
    for (String personId : step.personIds()) {
      KnownUser user = view.user(personId);
      if (user == null) {
        throw new RequestFailed("the member is not known to the endpoint");
      }
      if (!shape.older() || isMember(group, user) != step.joining()) {
        ids.add(user.id());
      }
    }
    if (!ids.isEmpty()) {
      wire.change(
          EntraRequests.patchGroup(
              step.joining() ? Purpose.MEMBER_ADD : Purpose.MEMBER_REMOVE,
              group.id(),
              step.joining() ? patch.addMembers(ids) : patch.removeMembers(ids)));
    }
    if (step.joining()) {
      group.members().addAll(step.personIds());
    } else {
      group.members().removeAll(Set.copyOf(step.personIds()));
    }
  }

  private boolean isMember(KnownGroup group, KnownUser user) throws RequestFailed {
    return wire.lookUp(EntraRequests.hasMember(group.id(), user.id())).isPresent();
  }
}
