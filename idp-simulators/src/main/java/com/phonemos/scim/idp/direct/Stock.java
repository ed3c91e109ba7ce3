package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.direct.GenericView.Account;
import com.phonemos.scim.idp.direct.GenericView.Known;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds who is there already, and creates everybody else in bulk where that is announced. */
final class Stock {
  private final DirectWire wire;
  private final Features features;
  private final GenericView view;

  Stock(DirectWire wire, Features features, GenericView view) {
    this.wire = wire;
    this.features = features;
    this.view = view;
  }

  void take(Directory directory) throws RequestFailed {
    find(directory);
    if (features.bulk()) {
      create(directory);
    }
  }

  private void find(Directory directory) throws RequestFailed {
    Map<String, ObjectNode> users = new HashMap<>();
    Map<String, ObjectNode> teams = new HashMap<>();
    Listing listing = new Listing(wire, features.cursor());
    listing.forEach("Users", "userName", found -> users.put(fold(found, "userName"), found));
    listing.forEach("Groups", "displayName", found -> teams.put(fold(found, "displayName"), found));
    for (PersonState state : directory.people()) {
      ObjectNode user = users.get(fold(state.person().userName()));
      if (user != null) {
        view.found(state.person(), wire.id(user));
      }
    }
    for (GroupState state : directory.groups()) {
      ObjectNode team = teams.get(fold(state.displayName()));
      if (team != null) {
        view.know(state.id(), Known.of(wire.id(team), state.displayName(), Set.of()));
      }
    }
  }

  private void create(Directory directory) throws RequestFailed {
    Map<String, Consumer<String>> onceCreated = new HashMap<>();
    Bulk bulk =
        new Bulk(
            wire,
            features,
            (bulkId, id) -> onceCreated.getOrDefault(bulkId, unasked -> {}).accept(id));
    for (PersonState state : directory.people()) {
      Person person = state.person();
      if (state.inScope() && view.account(person.id()) == null) {
        onceCreated.put(person.id(), id -> view.know(person.id(), Account.of(id, person)));
        bulk.create("/Users", person.id(), () -> Requests.user(person));
      }
    }
    for (GroupState group : directory.groups()) {
      if (group.inScope() && view.group(group.id()) == null) {
        Set<String> members = new LinkedHashSet<>();
        onceCreated.put(
            group.id(), id -> view.know(group.id(), Known.of(id, group.displayName(), members)));
        bulk.create(
            "/Groups",
            group.id(),
            () -> {
              members.clear();
              return GenericRequests.group(group.displayName(), references(group, bulk, members));
            });
      }
    }
    bulk.flush();
  }

  /** Members that are there, or are created by the same request. */
  private List<String> references(GroupState group, Bulk bulk, Set<String> members) {
    List<String> references = new ArrayList<>();
    for (String personId : group.members()) {
      Account account = view.account(personId);
      if (account != null || bulk.pending(personId)) {
        members.add(personId);
        references.add(account == null ? "bulkId:" + personId : account.id());
      }
    }
    return references;
  }

  private static String fold(ObjectNode resource, String attribute) {
    return fold(resource.path(attribute).asText(""));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
