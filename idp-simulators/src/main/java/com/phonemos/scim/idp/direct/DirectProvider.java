package com.phonemos.scim.idp.direct;

import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Workers;
import com.phonemos.scim.idp.direct.Dialect.Departure;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * An identity provider that sends every change by itself, in one dialect. Methods block until all
 * is sent. One thread at a time may drive it.
 */
public final class DirectProvider implements AutoCloseable {
  /** An account: its id at the endpoint, what was last sent, whether it is switched on. */
  record Account(String id, Person sent, boolean active) {}

  /** A group: its id at the endpoint, its name, and whose membership was sent. */
  record Known(String id, String displayName, Set<String> members) {}

  private final Directory directory;
  private final Dialect dialect;
  private final ScimClient client;
  private final DirectWire wire;
  private final Workers workers;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Known> groups = new ConcurrentHashMap<>();
  private final Map<String, String> failed = new ConcurrentHashMap<>();
  private long watermark;

  private DirectProvider(
      Endpoint endpoint, Dialect dialect, DirectOptions options, Directory directory) {
    this.directory = directory;
    this.dialect = dialect;
    this.client =
        new ScimClient(
            endpoint,
            dialect.headers(),
            new Connection(options.parallel(), options.timeout(), false));
    this.wire = new DirectWire(client, directory.clock());
    this.workers = new Workers(options.parallel(), options.progress());
  }

  /** Creates a provider; nothing is sent yet. */
  public static DirectProvider connect(
      Endpoint endpoint, Dialect dialect, DirectOptions options, Directory directory) {
    return new DirectProvider(endpoint, dialect, options, directory);
  }

  /** The directory whose changes are provisioned. */
  public Directory directory() {
    return directory;
  }

  /** The client, for listeners. */
  public ScimClient client() {
    return client;
  }

  /** Tests the connection as an administrator does when setting the application up. */
  public CycleReport testConnection() {
    return logged("test connection", log -> task("connection", log, this::probe));
  }

  private void probe() throws DirectWire.Failed {
    wire.all(dialect.probe());
    if (dialect.testUser().isPresent()) {
      Person tester = dialect.testUser().get();
      String user = wire.create(dialect.createUser(tester));
      String group = wire.create(dialect.createGroup(dialect.name() + " test group"));
      wire.delete(dialect.deleteUser(user));
      wire.delete(dialect.deleteGroup(group));
    }
  }

  /** Sends everyone and every group that has changed since the last call; at first, all. */
  public CycleReport sync() {
    return logged(
        "sync",
        log -> {
          Directory.Delta delta = directory.changesSince(watermark);
          watermark = delta.revision();
          send(delta.people(), directory.groups(), log);
        });
  }

  /** Tries again what failed, as an administrator does by hand [M]. */
  public CycleReport retryFailed() {
    return logged(
        "retry",
        log -> {
          Set<String> again = Set.copyOf(failed.keySet());
          List<PersonState> people =
              directory.people().stream().filter(p -> again.contains(p.person().id())).toList();
          send(people, directory.groups(), log);
        });
  }

  private void send(List<PersonState> people, List<GroupState> all, CycleLog log) {
    workers.forEach(
        "users",
        people,
        () -> false,
        person -> task(person.person().id(), log, () -> user(person)));
    workers.forEach("groups", all, () -> false, group -> task(group.id(), log, () -> group(group)));
  }

  private void user(PersonState state) throws DirectWire.Failed {
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
        String id = wire.create(dialect.createUser(person));
        accounts.put(person.id(), new Account(id, person, true));
        return;
      }
      wire.all(dialect.updateUser(found.get(), Optional.empty(), person));
      accounts.put(person.id(), new Account(found.get(), person, true));
      return;
    }
    Optional<Person> before = account.active() ? Optional.of(account.sent()) : Optional.empty();
    wire.all(dialect.updateUser(account.id(), before, person));
    accounts.put(person.id(), new Account(account.id(), person, true));
  }

  private void group(GroupState group) throws DirectWire.Failed {
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
          found.isPresent() ? found.get() : wire.create(dialect.createGroup(group.displayName()));
      known = new Known(id, group.displayName(), ConcurrentHashMap.newKeySet());
      groups.put(group.id(), known);
    } else if (!known.displayName().equals(group.displayName())) {
      wire.all(List.of(dialect.renameGroup(known.id(), group.displayName())));
      known = new Known(known.id(), group.displayName(), known.members());
      groups.put(group.id(), known);
    }
    members(group, known);
  }

  private void members(GroupState group, Known known) throws DirectWire.Failed {
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

  private interface Task {
    void run() throws DirectWire.Failed;
  }

  private void task(String subject, CycleLog log, Task task) {
    try {
      task.run();
      failed.remove(subject);
    } catch (DirectWire.Failed failure) {
      String reason = String.valueOf(failure.getMessage());
      failed.put(subject, reason);
      log.problem(subject, reason);
    }
  }

  /** How many objects wait for another try. */
  public int failedTasks() {
    return failed.size();
  }

  /** Accounts, groups and failures that this provider believes in, for people. */
  public String belief() {
    long on = accounts.values().stream().filter(Account::active).count();
    return String.format(
        "%s believes: %d accounts, %d of them active, %d groups, %d failed",
        dialect.name(), accounts.size(), on, groups.size(), failed.size());
  }

  /** What the endpoint should hold according to the directory and this provider's rules. */
  public Expectation expected() {
    return DirectExpectation.of(directory, dialect, accounts);
  }

  private CycleReport logged(String name, Consumer<CycleLog> run) {
    CycleLog log = new CycleLog(dialect.name() + ": " + name);
    client.listen(log);
    try {
      run.accept(log);
      return log.report();
    } finally {
      client.unlisten(log);
    }
  }

  /** Closes the connections. */
  @Override
  public void close() {
    client.close();
  }
}
