package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.okta.OktaShape.AppType;
import com.phonemos.scim.idp.okta.OktaView.KnownUser;
import com.phonemos.scim.idp.wire.Json;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.Urn;
import java.util.Optional;

/** The tasks that Okta runs for one person. Okta never deletes a user [D K1, K2]. */
final class UserTasks {
  private final OktaWire wire;
  private final OktaView view;
  private final OktaProfile profile;
  private final OktaShape shape;

  UserTasks(OktaWire wire, OktaView view, OktaProfile profile, OktaShape shape) {
    this.wire = wire;
    this.view = view;
    this.profile = profile;
    this.shape = shape;
  }

  void run(PersonState state) throws RequestFailed {
    KnownUser known = view.user(state.person().id());
    if (state.inScope()) {
      if (known == null || !known.active()) {
        provision(state.person());
      } else {
        update(state.person(), known.id());
      }
    } else if (known != null && known.active()) {
      deactivate(state.person(), known);
    }
  }

  /** Looks the person up, also on return to the application, and creates or links the account. */
  private void provision(Person person) throws RequestFailed {
    Optional<ObjectNode> hit =
        wire.lookUp(OktaRequests.lookUpUser(shape.userLookup(), profile.identifier(person)));
    if (hit.isEmpty()) {
      ObjectNode created = wire.create(OktaRequests.createUser(profile.create(person)));
      know(person, wire.id(created));
      return;
    }
    link(person, wire.id(hit.get()), hit.get());
  }

  private void link(Person person, String id, ObjectNode found) throws RequestFailed {
    boolean off = !found.path("active").asBoolean(true);
    if (off && shape.appType() == AppType.OIN) {
      wire.change(OktaRequests.patchUser(Purpose.USER_REACTIVATE, id, switched(true)));
    }
    ObjectNode user =
        shape.getBeforeLinkPut() || shape.appType() == AppType.OIN
            ? wire.resource(OktaRequests.readUser(id))
            : found;
    profile.overwrite(user, person);
    if (shape.appType() == AppType.AIW) {
      user.put("active", true);
    }
    Purpose purpose =
        off && shape.appType() == AppType.AIW ? Purpose.USER_REACTIVATE : Purpose.USER_UPDATE;
    wire.resource(OktaRequests.putUser(purpose, id, user));
    know(person, id);
  }

  /** Reads the user and sends it back with the mapped attributes overwritten [D K1] [O A, B]. */
  private void update(Person person, String id) throws RequestFailed {
    ObjectNode user = wire.resource(OktaRequests.readUser(id));
    profile.overwrite(user, person);
    wire.resource(OktaRequests.putUser(Purpose.USER_UPDATE, id, user));
    know(person, id);
  }

  private void deactivate(Person person, KnownUser known) throws RequestFailed {
    switch (shape.appType()) {
      case AIW -> {
        ObjectNode user = wire.resource(OktaRequests.readUser(known.id()));
        user.put("active", false);
        wire.resource(OktaRequests.putUser(Purpose.USER_DEACTIVATE, known.id(), user));
      }
      case OIN ->
          wire.change(OktaRequests.patchUser(Purpose.USER_DEACTIVATE, known.id(), switched(false)));
    }
    view.know(person.id(), new KnownUser(known.id(), known.userName(), false));
  }

  /** Sets a password: in a PUT of everything [I D K1], or by a PATCH [D K1] whose body is [M]. */
  void password(Person person, String password) throws RequestFailed {
    KnownUser known = view.user(person.id());
    if (known == null) {
      throw new RequestFailed("The user is not provisioned");
    }
    switch (shape.appType()) {
      case AIW -> {
        ObjectNode user = wire.resource(OktaRequests.readUser(known.id()));
        user.put("password", password);
        wire.resource(OktaRequests.putUser(Purpose.USER_UPDATE, known.id(), user));
      }
      case OIN ->
          wire.change(
              OktaRequests.patchUser(
                  Purpose.USER_UPDATE,
                  known.id(),
                  replaced(Json.object().put("password", password))));
    }
  }

  private static ObjectNode switched(boolean active) {
    return replaced(Json.object().put("active", active));
  }

  /** A PATCH without a path [D K1]. */
  private static ObjectNode replaced(ObjectNode value) {
    ObjectNode message = Json.object();
    message.set("schemas", Json.array(Urn.PATCH_OP));
    message.putArray("Operations").addObject().put("op", "replace").set("value", value);
    return message;
  }

  private void know(Person person, String id) {
    view.know(person.id(), new KnownUser(id, person.userName(), true));
  }
}
