package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.okta.OktaShape.PushNow;
import com.phonemos.scim.idp.okta.OktaView.KnownGroup;
import com.phonemos.scim.idp.okta.OktaView.KnownUser;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.Target;
import com.phonemos.scim.idp.wire.Urn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Group push of a catalogue application: created empty, then patched [D K1]. */
final class PatchingPush extends GroupPush {
  PatchingPush(OktaWire wire, OktaView view, OktaShape shape) {
    super(wire, view, shape);
  }

  @Override
  void first(GroupState group, Set<String> members) throws RequestFailed {
    Optional<ObjectNode> hit = wire.lookUp(OktaRequests.lookUpGroup(group.displayName()));
    String id;
    if (hit.isPresent()) {
      id = wire.id(hit.get());
    } else {
      ObjectNode body = group(group.displayName());
      body.putArray("members");
      id = wire.id(wire.create(OktaRequests.createGroup(body)));
    }
    // Old members of a group that is linked stay; nothing is known of them [D K10 C9315].
    KnownGroup known = new KnownGroup(id, group.displayName(), Set.of());
    view.know(group.id(), known);
    if (!members.isEmpty()) {
      update(group, known, members);
    }
  }

  @Override
  void update(GroupState group, KnownGroup known, Set<String> members) throws RequestFailed {
    wire.resource(OktaRequests.readGroup(known.id()));
    // The name goes along with every change of members.
    wire.change(
        OktaRequests.patchGroup(
            Purpose.GROUP_UPDATE, known.id(), named(known.id(), group.displayName())));
    Set<String> pushed = new LinkedHashSet<>(known.members());
    view.know(group.id(), new KnownGroup(known.id(), group.displayName(), Set.copyOf(pushed)));
    for (Batch batch : batches(known.members(), members)) {
      wire.change(OktaRequests.patchGroup(batch.purpose(), known.id(), changed(batch)));
      pushed.removeAll(Set.copyOf(batch.leaving()));
      pushed.addAll(batch.joining());
      view.know(group.id(), new KnownGroup(known.id(), group.displayName(), Set.copyOf(pushed)));
    }
    view.know(group.id(), new KnownGroup(known.id(), group.displayName(), members));
  }

  private record Batch(List<String> leaving, List<String> joining) {
    Purpose purpose() {
      return joining.isEmpty() ? Purpose.MEMBER_REMOVE : Purpose.MEMBER_ADD;
    }
  }

  private List<Batch> batches(Set<String> before, Set<String> after) {
    List<String> leaving = before.stream().filter(id -> !after.contains(id)).sorted().toList();
    List<String> joining = after.stream().filter(id -> !before.contains(id)).toList();
    int all = leaving.size() + joining.size();
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < all; from += shape.batch()) {
      int to = Math.min(all, from + shape.batch());
      batches.add(
          new Batch(
              part(leaving, from, to), part(joining, from - leaving.size(), to - leaving.size())));
    }
    return batches;
  }

  private static List<String> part(List<String> all, int from, int to) {
    int start = Math.clamp(from, 0, all.size());
    return List.copyOf(all.subList(start, Math.clamp(to, start, all.size())));
  }

  private static ObjectNode named(String id, String displayName) {
    ArrayNode operations = Json.array();
    operations
        .addObject()
        .put("op", "replace")
        .putObject("value")
        .put("id", id)
        .put("displayName", displayName);
    return message(operations);
  }

  private ObjectNode changed(Batch batch) {
    ArrayNode operations = Json.array();
    for (String personId : batch.leaving()) {
      KnownUser user = view.user(personId);
      if (user != null) {
        operations
            .addObject()
            .put("op", "remove")
            .put("path", "members[" + Target.equal("value", user.id()) + "]");
      }
    }
    if (!batch.joining().isEmpty()) {
      operations
          .addObject()
          .put("op", "add")
          .put("path", "members")
          .set("value", members(batch.joining()));
    }
    return message(operations);
  }

  @Override
  void everything(GroupState group, KnownGroup known, Set<String> members) throws RequestFailed {
    wire.resource(OktaRequests.readGroup(known.id()));
    ArrayNode operations = Json.array();
    ObjectNode message;
    if (shape.pushNow() == PushNow.WITH_PATH) {
      operations
          .addObject()
          .put("op", "replace")
          .put("path", "members")
          .set("value", members(members));
      message = message(operations);
    } else {
      ObjectNode value = operations.addObject().put("op", "replace").putObject("value");
      value.set("members", members(members));
      value.put("id", known.id());
      value.put("displayName", group.displayName());
      message = Json.object();
      message.set("Operations", operations);
    }
    wire.change(OktaRequests.patchGroup(Purpose.MEMBERS_REPLACE, known.id(), message));
    view.know(group.id(), new KnownGroup(known.id(), group.displayName(), members));
  }

  private static ObjectNode message(ArrayNode operations) {
    ObjectNode message = Json.object();
    message.set("schemas", Json.array(Urn.PATCH_OP));
    message.set("Operations", operations);
    return message;
  }
}
