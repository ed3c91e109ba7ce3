package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import java.util.List;

/**
 * "Provision on demand": matches and writes one object, always in the default dialect [D E2, E8].
 */
final class OnDemand {
  /** Members of a group that can be chosen at a time [D E8]. */
  static final int MEMBERS = 5;

  private final UserProvisioning users;
  private final GroupProvisioning groups;
  private final MemberProvisioning members;

  OnDemand(EntraWire wire, EntraView view, EntraOptions options) {
    EntraShape shape = options.shape().with(EntraShape.Dialect.DEFAULT);
    EntraMapping mapping = new EntraMapping(options.scope(), shape);
    EntraPatch patch = new EntraPatch(shape);
    this.users = new UserProvisioning(wire, view, mapping, patch, options);
    this.groups = new GroupProvisioning(wire, view, mapping, patch);
    this.members = new MemberProvisioning(wire, view, patch, options.shape());
  }

  /**
   * A person in scope is looked up, then created or patched; one from whom the application was
   * taken is switched off; one who is blocked or deleted is left alone [D E8].
   */
  void run(PersonState person) throws RequestFailed {
    if (person.inScope()) {
      users.match(person.person());
    } else if (!person.assigned() && person.enabled() && person.deletedAt().isEmpty()) {
      users.provision(person);
    } else {
      throw new RequestFailed("skipped: blocked or deleted in the directory");
    }
  }

  /** A group is looked up, then created or patched; the chosen members follow. */
  void run(GroupState group, List<String> personIds) throws RequestFailed {
    if (!group.inScope()) {
      throw new RequestFailed("skipped: not in scope");
    }
    groups.match(group);
    for (String personId : personIds) {
      if (group.members().contains(personId)) {
        members.send(new MemberProvisioning.Step(group.id(), List.of(personId), true));
      }
    }
  }
}
