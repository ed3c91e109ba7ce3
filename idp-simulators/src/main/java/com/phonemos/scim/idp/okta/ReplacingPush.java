package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.okta.OktaView.KnownGroup;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Urn;
import java.util.Optional;
import java.util.Set;

/** Group push of a wizard-made application: read, then replace the whole group [O A, C16, S12]. */
final class ReplacingPush extends GroupPush {
  ReplacingPush(OktaWire wire, OktaView view, OktaShape shape) {
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
      body.set("members", members(members));
      id = wire.id(wire.create(OktaRequests.createGroup(body)));
    }
    // Known from here on, so that a failure below does not leave a group that nobody owns.
    view.know(group.id(), new KnownGroup(id, group.displayName(), Set.of()));
    // The members go out a second time right after the creation, as captured.
    replace(group, id, members);
  }

  @Override
  void update(GroupState group, KnownGroup known, Set<String> members) throws RequestFailed {
    replace(group, known.id(), members);
  }

  @Override
  void everything(GroupState group, KnownGroup known, Set<String> members) throws RequestFailed {
    replace(group, known.id(), members);
  }

  private void replace(GroupState group, String id, Set<String> members) throws RequestFailed {
    wire.resource(OktaRequests.readGroup(id));
    ObjectNode body = Json.object();
    body.set("schemas", Json.array(Urn.GROUP));
    if (shape.groupPutHasId()) {
      body.put("id", id);
    }
    body.put("displayName", group.displayName());
    body.set("members", members(members));
    wire.change(OktaRequests.putGroup(id, body));
    view.know(group.id(), new KnownGroup(id, group.displayName(), members));
  }
}
