package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.entra.EntraPatch.Change;
import com.phonemos.scim.idp.entra.EntraView.KnownGroup;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings one group, without its members, to where it should be [D E1] [O Q1]. */
final class GroupProvisioning {
  private static final AttributePath DISPLAY_NAME = new AttributePath("displayName");
  private static final AttributePath EXTERNAL_ID = new AttributePath("externalId");

  private final EntraWire wire;
  private final EntraView view;
  private final EntraMapping mapping;
  private final EntraPatch patch;

  GroupProvisioning(EntraWire wire, EntraView view, EntraMapping mapping, EntraPatch patch) {
    this.wire = wire;
    this.view = view;
    this.mapping = mapping;
    this.patch = patch;
  }

  void provision(GroupState group) throws RequestFailed {
    KnownGroup known = view.group(group.id());
    if (!group.inScope()) {
      if (known != null) {
        wire.delete(EntraRequests.deleteGroup(known.id()));
        view.forgetGroup(group.id());
      }
    } else if (known == null) {
      match(group);
    } else {
      update(group, known);
    }
  }

  void match(GroupState group) throws RequestFailed {
    Optional<ObjectNode> hit = wire.lookUp(EntraRequests.lookUpGroup(group.displayName()));
    if (hit.isEmpty()) {
      String id = wire.id(wire.create(EntraRequests.createGroup(mapping.create(group))));
      view.know(group.id(), new KnownGroup(id));
      return;
    }
    String id = wire.id(hit.get());
    KnownGroup known = view.group(group.id());
    KnownGroup found = known != null && known.id().equals(id) ? known : new KnownGroup(id);
    view.know(group.id(), found);
    reconcile(group, found, hit.get());
  }

  private void update(GroupState group, KnownGroup known) throws RequestFailed {
    Optional<ObjectNode> present = wire.read(EntraRequests.readGroup(known.id()));
    if (present.isEmpty()) {
      view.forgetGroup(group.id());
      throw new RequestFailed("the cached id is not known to the endpoint any more");
    }
    reconcile(group, known, present.get());
  }

  private void reconcile(GroupState group, KnownGroup known, ObjectNode present)
      throws RequestFailed {
    List<Change> changes = new ArrayList<>();
    Optional<String> name = DISPLAY_NAME.read(present);
    if (!name.equals(Optional.of(group.displayName()))) {
      changes.add(new Change(DISPLAY_NAME, group.displayName(), name.isPresent()));
    }
    Optional<String> externalId = EXTERNAL_ID.read(present);
    if (!externalId.equals(Optional.of(group.id()))) {
      changes.add(new Change(EXTERNAL_ID, group.id(), externalId.isPresent()));
    }
    if (!changes.isEmpty()) {
      wire.change(
          EntraRequests.patchGroup(Purpose.GROUP_UPDATE, known.id(), patch.updateGroup(changes)));
    }
  }
}
