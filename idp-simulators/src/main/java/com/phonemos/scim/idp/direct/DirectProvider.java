package com.phonemos.scim.idp.direct;

import com.phonemos.scim.idp.EventDrivenProvider;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.direct.Dialect.Departure;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** An identity provider that sends every change by itself, in one dialect. */
public final class DirectProvider extends EventDrivenProvider {
  /** An account: its id at the endpoint, what was last sent, whether it is switched on. */
  record Account(String id, Person sent, boolean active) {}

  /** A group: its id at the endpoint, its name, and whose membership was sent. */
  record Known(String id, String displayName, Set<String> members) {}

  private final Dialect dialect;
  private final DirectWire wire;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Known> groups = new ConcurrentHashMap<>();

  private DirectProvider(
      ScimClient client, Dialect dialect, Execution execution, Directory directory) {
    super(dialect.name(), directory, client, execution);
    this.dialect = dialect;
    this.wire = new DirectWire(client, directory.clock());
  }

  /** Creates a provider; nothing is sent yet. */
  public static DirectProvider connect(
      Endpoint endpoint, Dialect dialect, Execution execution, Directory directory) {
    Connection connection = new Connection(execution.parallel(), execution.timeout(), false);
    return new DirectProvider(
        new ScimClient(endpoint, dialect.headers(), connection), dialect, execution, directory);
  }

  /** Eight objects at a time, 60 s; none of the vendors publishes these [I]. */
  public static Execution execution() {
    return Execution.defaults(Execution.PARALLEL, Duration.ofSeconds(60));
  }

  /** Tests the connection as an administrator does when setting the application up. */
  public CycleReport testConnection() {
    return logged("test connection", log -> tasks().run("connection", log, this::probe));
  }

  @Override
  public List<Supplier<CycleReport>> setUp() {
    return List.of(this::testConnection, this::sync);
  }

  private void probe() throws RequestFailed {
    wire.all(dialect.probe());
    if (dialect.testUser().isPresent()) {
      Person tester = dialect.testUser().get();
      String user = wire.id(wire.create(dialect.createUser(tester)));
      String group = wire.id(wire.create(dialect.createGroup(dialect.name() + " test group")));
      wire.delete(dialect.deleteUser(user));
      wire.delete(dialect.deleteGroup(group));
    }
  }

  @Override
  protected void provision(PersonState state) throws RequestFailed {
    Person person = state.person();
    Account account = accounts.get(person.id());
    if (!state.inScope()) {
      if (account != null && account.active()) {
        wire.all(dialect.deprovision(account.id(), account.sent()));
        if (dialect.departure() == Departure.DELETE) {
          accounts.remove(person.id());
        } else {
          accounts.put(person.id(), new Account(account.id(), account.sent(), false));
        }
      }
      return;
    }
    if (account == null) {
      Optional<String> found =
          wire.find(dialect.lookUpUser(person.userName()), "userName", person.userName());
      if (found.isEmpty()) {
        String id = wire.id(wire.create(dialect.createUser(person)));
        accounts.put(person.id(), new Account(id, person, true));
        return;
      }
      wire.all(
          dialect.updateUser(found.get(), Optional.empty(), person).stream()
              .filter(request -> request.purpose() != Purpose.USER_LOOKUP)
              .toList());
      accounts.put(person.id(), new Account(found.get(), person, true));
      return;
    }
    Optional<Person> before = account.active() ? Optional.of(account.sent()) : Optional.empty();
    wire.all(dialect.updateUser(account.id(), before, person));
    accounts.put(person.id(), new Account(account.id(), person, true));
  }

  @Override
  protected void provision(GroupState group) throws RequestFailed {
    Known known = groups.get(group.id());
    if (!group.inScope()) {
      if (known != null) {
        wire.delete(dialect.deleteGroup(known.id()));
        groups.remove(group.id());
      }
      return;
    }
    if (known == null) {
      Optional<String> found =
          wire.find(dialect.lookUpGroup(group.displayName()), "displayName", group.displayName());
      String id =
          found.isPresent()
              ? found.get()
              : wire.id(wire.create(dialect.createGroup(group.displayName())));
      known = new Known(id, group.displayName(), ConcurrentHashMap.newKeySet());
      groups.put(group.id(), known);
    } else if (!known.displayName().equals(group.displayName())) {
      wire.all(List.of(dialect.renameGroup(known.id(), group.displayName())));
      known = new Known(known.id(), group.displayName(), known.members());
      groups.put(group.id(), known);
    }
    members(group, known);
  }

  private void members(GroupState group, Known known) throws RequestFailed {
    Set<String> wanted = new LinkedHashSet<>(group.members());
    wanted.removeIf(id -> !active(id));
    List<String> joining = wanted.stream().filter(id -> !known.members().contains(id)).toList();
    // Of a deleted account nothing is left that could be removed.
    known.members().removeIf(id -> !accounts.containsKey(id));
    List<String> leaving =
        known.members().stream().filter(id -> !wanted.contains(id)).sorted().toList();
    // One request after the other, so that what a failure leaves behind is known.
    for (List<String> people : chunks(leaving)) {
      wire.all(List.of(dialect.removeMembers(known.id(), ids(people))));
      known.members().removeAll(Set.copyOf(people));
    }
    for (List<String> people : chunks(joining)) {
      wire.all(List.of(dialect.addMembers(known.id(), ids(people))));
      known.members().addAll(people);
    }
  }

  private List<List<String>> chunks(List<String> people) {
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < people.size(); from += dialect.membersPerRequest()) {
      int to = Math.min(people.size(), from + dialect.membersPerRequest());
      chunks.add(people.subList(from, to));
    }
    return chunks;
  }

  private boolean active(String personId) {
    Account account = accounts.get(personId);
    return account != null && account.active();
  }

  private List<String> ids(List<String> personIds) {
    return personIds.stream()
        .map(accounts::get)
        .filter(account -> account != null)
        .map(Account::id)
        .toList();
  }

  @Override
  protected Map<AttributePath, String> values(Person person) {
    return dialect.values(person);
  }

  /** Switched off, or as it was where the dialect leaves it alone. */
  @Override
  protected Optional<Expectation.User> leftBehind(PersonState person) {
    boolean stillActive = dialect.departure() == Departure.NOTHING;
    return Optional.ofNullable(accounts.get(person.person().id()))
        .map(account -> new Expectation.User(account.sent().userName(), stillActive, Map.of()));
  }

  @Override
  protected String holdings() {
    long on = accounts.values().stream().filter(Account::active).count();
    return String.format(
        Locale.ROOT,
        "%,d accounts, %,d of them active, %,d groups",
        accounts.size(),
        on,
        groups.size());
  }
}
