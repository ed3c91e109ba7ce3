package com.phonemos.scim.idp.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.EventDrivenProvider;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.direct.GenericView.Account;
import com.phonemos.scim.idp.direct.GenericView.Known;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.Purpose;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A client that follows the RFCs to the letter and has no habits of its own. What the endpoint
 * announces in its ServiceProviderConfig it uses: bulk to create everyone at first, cursors to read
 * what is there, versions with every change.
 */
public final class Generic extends EventDrivenProvider {
  private static final int MEMBERS_PER_REQUEST = 100;

  private final DirectWire wire;
  private final Versions versions;
  private final GenericView view = new GenericView();
  private Features features = Features.none();

  private Generic(ScimClient client, Execution execution, Directory directory) {
    super("Generic", directory, client, execution);
    this.wire = new DirectWire(client, directory.clock());
    this.versions = new Versions(wire);
  }

  /** Creates a client; nothing is sent yet. */
  public static Generic connect(Endpoint endpoint, Execution execution, Directory directory) {
    Connection connection = new Connection(execution.parallel(), execution.timeout(), false);
    return new Generic(
        new ScimClient(endpoint, new PlainHeaders(true), connection), execution, directory);
  }

  /** Reads what the endpoint announces, and asks for somebody who does not exist. */
  public CycleReport testConnection() {
    return logged(
        "test connection",
        log ->
            tasks()
                .run(
                    "connection",
                    log,
                    () -> {
                      features =
                          Features.of(wire.resource(GenericRequests.serviceProviderConfig()));
                      versions.kept(features.etag());
                      wire.all(GenericRequests.probes());
                    }));
  }

  /** Reads who is there, and creates everybody else in bulk where that is announced. */
  public CycleReport takeStock() {
    return logged(
        "take stock",
        log -> tasks().run("stock", log, () -> new Stock(wire, features, view).take(directory())));
  }

  @Override
  public List<Supplier<CycleReport>> setUp() {
    return List.of(this::testConnection, this::takeStock, this::sync);
  }

  @Override
  protected void provision(PersonState state) throws RequestFailed {
    Person person = state.person();
    Account account = view.account(person.id());
    if (!state.inScope()) {
      if (account != null && account.sent().isPresent()) {
        switchOff(person, account);
      }
    } else if (account == null) {
      create(person);
    } else {
      update(person, account);
    }
  }

  private void create(Person person) throws RequestFailed {
    String name = person.userName();
    Optional<String> there =
        wire.find(
            GenericRequests.find(Purpose.USER_LOOKUP, "Users", "userName", name), "userName", name);
    if (there.isPresent()) {
      update(person, view.found(person, there.get()));
      return;
    }
    ObjectNode created =
        wire.create(ScimRequest.post(Purpose.USER_CREATE, "/Users", Requests.user(person)));
    view.know(person.id(), Account.of(wire.id(created), person));
  }

  private void update(Person person, Account account) throws RequestFailed {
    Optional<ScimRequest> change =
        features.patch()
            ? GenericRequests.update(account.id(), account.sent(), person)
            : Optional.of(GenericRequests.replace(Purpose.USER_UPDATE, account.id(), person, true));
    if (change.isPresent()) {
      versions.change(GenericRequests.user(account.id()), change.get());
    }
    view.know(person.id(), Account.of(account.id(), person));
  }

  private void switchOff(Person person, Account account) throws RequestFailed {
    versions.change(
        GenericRequests.user(account.id()),
        features.patch()
            ? GenericRequests.switchOff(account.id())
            : GenericRequests.replace(Purpose.USER_DEACTIVATE, account.id(), person, false));
    view.know(person.id(), account.switchedOff());
  }

  @Override
  protected void provision(GroupState group) throws RequestFailed {
    Known known = view.group(group.id());
    if (!group.inScope()) {
      if (known != null) {
        versions.delete(
            GenericRequests.group(known.id()),
            ScimRequest.delete(Purpose.GROUP_DELETE, GenericRequests.group(known.id())));
        view.forgetGroup(group.id());
      }
      return;
    }
    if (known == null) {
      known = findOrCreate(group);
    } else if (features.patch() && !known.displayName().equals(group.displayName())) {
      versions.change(
          GenericRequests.group(known.id()),
          GenericRequests.rename(known.id(), group.displayName()));
      known = new Known(known.id(), group.displayName(), known.members());
    }
    view.know(group.id(), known);
    if (features.patch()) {
      members(group, known);
    } else {
      replace(group, known);
    }
  }

  private Known findOrCreate(GroupState group) throws RequestFailed {
    String name = group.displayName();
    Optional<String> there =
        wire.find(
            GenericRequests.find(Purpose.GROUP_LOOKUP, "Groups", "displayName", name),
            "displayName",
            name);
    String id =
        there.isPresent()
            ? there.get()
            : wire.id(
                wire.create(
                    ScimRequest.post(
                        Purpose.GROUP_CREATE, "/Groups", GenericRequests.group(name, List.of()))));
    return Known.of(id, name, Set.of());
  }

  private void replace(GroupState group, Known known) throws RequestFailed {
    List<String> wanted = group.members().stream().filter(view::active).toList();
    Known replaced = Known.of(known.id(), group.displayName(), Set.copyOf(wanted));
    if (!replaced.equals(known)) {
      versions.change(
          GenericRequests.group(known.id()),
          GenericRequests.replaceGroup(known.id(), group.displayName(), view.ids(wanted)));
      view.know(group.id(), replaced);
    }
  }

  private void members(GroupState group, Known known) throws RequestFailed {
    List<String> leaving =
        known.members().stream()
            .filter(id -> !group.members().contains(id) || !view.active(id))
            .sorted()
            .toList();
    List<String> joining =
        group.members().stream()
            .filter(id -> view.active(id) && !known.members().contains(id))
            .toList();
    int all = Math.max(leaving.size(), joining.size());
    for (int from = 0; from < all; from += MEMBERS_PER_REQUEST) {
      List<String> leave = part(leaving, from);
      List<String> join = part(joining, from);
      versions.change(
          GenericRequests.group(known.id()),
          GenericRequests.members(known.id(), view.ids(leave), view.ids(join)));
      known.members().removeAll(Set.copyOf(leave));
      known.members().addAll(join);
    }
  }

  private static List<String> part(List<String> all, int from) {
    int start = Math.min(from, all.size());
    return all.subList(start, Math.min(start + MEMBERS_PER_REQUEST, all.size()));
  }

  @Override
  protected Map<AttributePath, String> values(Person person) {
    return Requests.values(person);
  }

  @Override
  protected Optional<Expectation.User> leftBehind(PersonState person) {
    return Optional.ofNullable(view.account(person.person().id()))
        .map(account -> new Expectation.User(account.userName(), false, Map.of()));
  }

  @Override
  protected String holdings() {
    return view + "; the endpoint announces " + features;
  }
}
