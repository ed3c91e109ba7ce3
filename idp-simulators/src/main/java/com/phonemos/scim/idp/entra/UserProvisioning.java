package com.phonemos.scim.idp.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.entra.EntraPatch.Change;
import com.phonemos.scim.idp.entra.EntraView.KnownUser;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings one person's account to where it should be [D E1, E3] [O C2]. */
final class UserProvisioning {
  private final EntraWire wire;
  private final EntraView view;
  private final EntraMapping mapping;
  private final EntraPatch patch;
  private final EntraOptions options;

  UserProvisioning(
      EntraWire wire,
      EntraView view,
      EntraMapping mapping,
      EntraPatch patch,
      EntraOptions options) {
    this.wire = wire;
    this.view = view;
    this.mapping = mapping;
    this.patch = patch;
    this.options = options;
  }

  void provision(PersonState state) throws RequestFailed {
    KnownUser known = view.user(state.person().id());
    if (state.inScope()) {
      if (known == null) {
        match(state.person());
      } else {
        update(state.person(), known);
      }
    } else if (known != null && !options.rules().skipOutOfScopeDeletions()) {
      if (!mapping.active() || (state.purged() && !known.released())) {
        delete(state.person(), known);
      } else if (known.active()) {
        deactivate(state, known);
      }
    }
  }

  /** Found by its matching attribute, or created. */
  void match(Person person) throws RequestFailed {
    Optional<ObjectNode> hit = found(person);
    if (hit.isEmpty()) {
      String id = wire.id(wire.create(EntraRequests.createUser(mapping.create(person))));
      view.know(
          person.id(),
          new KnownUser(
              id,
              person.userName(),
              true,
              false,
              Optional.empty(),
              mapping.roles().mapped(person.roles())));
      return;
    }
    KnownUser found =
        new KnownUser(
            wire.id(hit.get()),
            EntraMapping.USER_NAME.read(hit.get()).orElse(person.userName()),
            on(hit.get()),
            false,
            Optional.empty(),
            List.of());
    view.know(person.id(), found);
    // The lookup's answer is the base of the comparison [I].
    reconcile(person, found, hit.get());
  }

  /** By the first attribute that finds somebody [D E8]. */
  private Optional<ObjectNode> found(Person person) throws RequestFailed {
    for (ScimRequest lookUp : mapping.lookUps(person)) {
      Optional<ObjectNode> hit = wire.lookUp(lookUp);
      if (hit.isPresent()) {
        return hit;
      }
    }
    return Optional.empty();
  }

  private void update(Person person, KnownUser known) throws RequestFailed {
    Optional<ObjectNode> present = read(person, known);
    reconcile(person, known, present.orElseThrow(UserProvisioning::gone));
  }

  /** An account that vanished is matched again in a later cycle [M]. */
  private Optional<ObjectNode> read(Person person, KnownUser known) throws RequestFailed {
    Optional<ObjectNode> present = wire.read(EntraRequests.readUser(known.id()));
    if (present.isEmpty()) {
      view.forgetUser(person.id());
    }
    return present;
  }

  private void reconcile(Person person, KnownUser known, ObjectNode present) throws RequestFailed {
    List<Change> changes = changes(person, present);
    Optional<ObjectNode> roles = mapping.roles().change(known.roles(), person.roles());
    boolean switchOn = mapping.active() && !on(present);
    if (!changes.isEmpty() || roles.isPresent() || switchOn) {
      Purpose purpose = switchOn ? Purpose.USER_REACTIVATE : Purpose.USER_UPDATE;
      Optional<Boolean> active = switchOn ? Optional.of(true) : Optional.empty();
      wire.change(
          EntraRequests.patchUser(purpose, known.id(), patch.updateUser(changes, roles, active)));
    }
    boolean renamed = changes.stream().anyMatch(c -> c.path().equals(EntraMapping.USER_NAME));
    KnownUser named = renamed ? known.named(person.userName()) : known;
    view.know(person.id(), named.switchedOn().holding(mapping.roles().mapped(person.roles())));
  }

  private List<Change> changes(Person person, ObjectNode present) {
    List<Change> changes = new ArrayList<>();
    mapping
        .values(person)
        .forEach((path, value) -> {
          Optional<String> there = path.read(present);
          if (there.isEmpty() || !same(path, there.get(), value)) {
            changes.add(new Change(path, value, there.isPresent()));
          }
        });
    return changes;
  }

  /** The matching attribute is found whatever its letter case, so the case is no difference [I]. */
  private static boolean same(AttributePath path, String there, String value) {
    return path.equals(EntraMapping.USER_NAME)
        ? there.equalsIgnoreCase(value)
        : there.equals(value);
  }

  private void deactivate(PersonState state, KnownUser known) throws RequestFailed {
    Optional<ObjectNode> present = read(state.person(), known);
    if (present.isEmpty()) {
      return;
    }
    if (on(present.get())) {
      wire.change(
          EntraRequests.patchUser(
              Purpose.USER_DEACTIVATE,
              known.id(),
              patch.updateUser(List.of(), Optional.empty(), Optional.of(false))));
    }
    view.know(state.person().id(), known.switchedOff(!state.assigned()));
  }

  private void delete(Person person, KnownUser known) throws RequestFailed {
    wire.delete(EntraRequests.deleteUser(known.id()));
    view.deleted(person.id());
  }

  /** Sets, changes or removes the manager; one who is not provisioned is skipped [D E3, E5]. */
  void manager(PersonState state) throws RequestFailed {
    KnownUser known = view.user(state.person().id());
    if (known == null || !state.inScope()) {
      return;
    }
    Optional<String> wanted = state.person().job().managerId();
    if (wanted.equals(known.managerId())) {
      return;
    }
    if (wanted.isEmpty()) {
      String before =
          Optional.ofNullable(view.user(known.managerId().orElse("")))
              .map(KnownUser::id)
              .orElse("");
      wire.change(
          EntraRequests.patchUser(Purpose.USER_UPDATE, known.id(), patch.noManager(before)));
    } else {
      KnownUser manager = view.user(wanted.get());
      if (manager == null) {
        return;
      }
      if (!options.shape().older() || !hasManager(known, manager)) {
        wire.change(
            EntraRequests.patchUser(
                Purpose.USER_UPDATE,
                known.id(),
                patch.manager(
                    manager.id(), wire.location(manager.id()), known.managerId().isPresent())));
      }
    }
    view.know(state.person().id(), known.managedBy(wanted));
  }

  private boolean hasManager(KnownUser user, KnownUser manager) throws RequestFailed {
    return wire.lookUp(EntraRequests.hasManager(user.id(), manager.id())).isPresent();
  }

  private static boolean on(ObjectNode user) {
    // An endpoint that leaves active out has no switched-off users (RFC 7643 §4.1.1).
    return !user.path("active").asText("true").equalsIgnoreCase("false");
  }

  private static RequestFailed gone() {
    return new RequestFailed("the cached id is not known to the endpoint any more");
  }
}
