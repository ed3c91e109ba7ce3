package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.okta.OktaView.KnownGroup;
import com.phonemos.scim.idp.okta.OktaView.KnownUser;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Pushes one group. The two kinds of application do it in different ways. */
abstract class GroupPush {
  final OktaWire wire;
  final OktaView view;
  final OktaShape shape;

  GroupPush(OktaWire wire, OktaView view, OktaShape shape) {
    this.wire = wire;
    this.view = view;
    this.shape = shape;
  }

  static GroupPush of(OktaWire wire, OktaView view, OktaShape shape) {
    return switch (shape.appType()) {
      case AIW -> new ReplacingPush(wire, view, shape);
      case OIN -> new PatchingPush(wire, view, shape);
    };
  }

  /** Whether the group differs from what was pushed. */
  boolean due(GroupState group) {
    KnownGroup known = view.group(group.id());
    if (!group.inScope()) {
      return known != null;
    }
    return known == null
        || !known.displayName().equals(group.displayName())
        || !known.members().equals(pushable(group));
  }

  /** Brings the group to where it should be. */
  void run(GroupState group) throws RequestFailed {
    KnownGroup known = view.group(group.id());
    if (!group.inScope()) {
      if (known != null) {
        wire.delete(OktaRequests.deleteGroup(known.id()));
        view.forgetGroup(group.id());
      }
    } else if (known == null) {
      first(group, pushable(group));
    } else {
      update(group, known, pushable(group));
    }
  }

  /** The group as it would be pushed now. */
  final GroupState wanted(GroupState group) {
    return new GroupState(
        group.id(), group.displayName(), pushable(group), group.assigned(), group.deleted());
  }

  /** Pushes a group that has no counterpart yet. */
  abstract void first(GroupState group, Set<String> members) throws RequestFailed;

  /** Pushes what has changed. */
  abstract void update(GroupState group, KnownGroup known, Set<String> members)
      throws RequestFailed;

  /** "Push Now": pushes everything, whatever was pushed before [D K1]. */
  abstract void everything(GroupState group, KnownGroup known, Set<String> members)
      throws RequestFailed;

  /** Only people who have the application and an account are pushed [D K1]. */
  final Set<String> pushable(GroupState group) {
    Set<String> pushable = new LinkedHashSet<>();
    for (String personId : group.members()) {
      if (view.pushable(personId)) {
        pushable.add(personId);
      }
    }
    return pushable;
  }

  final ObjectNode group(String displayName) {
    ObjectNode group = Json.object();
    group.set("schemas", Json.array(Urn.GROUP));
    group.put("displayName", displayName);
    return group;
  }

  /** Members carry a value and a display name only [D K1] [O A]. */
  final ArrayNode members(Collection<String> people) {
    ArrayNode members = Json.array();
    for (String personId : people) {
      KnownUser user = view.user(personId);
      if (user != null) {
        ObjectNode member = members.addObject().put("value", user.id());
        if (shape.memberDisplayNull()) {
          member.putNull("display");
        } else {
          member.put("display", user.userName());
        }
      }
    }
    return members;
  }
}
