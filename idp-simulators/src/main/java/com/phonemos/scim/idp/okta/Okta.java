package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Workers;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.okta.OktaView.KnownGroup;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An application of an Okta organization: a directory, an endpoint, and what Okta believes about
 * the endpoint.
 *
 * <p>Okta acts on events; {@link #sync} lets it act on all that have happened since. Methods block
 * until the tasks have ended. One thread at a time may drive an application.
 */
public final class Okta implements AutoCloseable {
  private final Directory directory;
  private final OktaOptions options;
  private final ScimClient client;
  private final OktaWire wire;
  private final OktaView view = new OktaView();
  private final UserTasks users;
  private final GroupPush groups;
  private final Workers workers;
  private final Map<String, String> failedTasks = new ConcurrentHashMap<>();
  private final Map<String, GroupState> attempted = new ConcurrentHashMap<>();
  private final Set<String> unlinked = new HashSet<>();
  private boolean pushing;
  private long watermark;

  private Okta(Endpoint endpoint, OktaOptions options, Directory directory) {
    this.directory = directory;
    this.options = options;
    this.client =
        new ScimClient(
            endpoint,
            new OktaHeaders(),
            new Connection(options.parallel(), options.timeout(), true));
    this.wire = new OktaWire(client, directory.clock());
    this.users = new UserTasks(wire, view, options);
    this.groups = GroupPush.of(wire, view, options);
    this.workers = new Workers(options.parallel(), options.progress());
  }

  /** Creates an application; nothing is sent yet. */
  public static Okta connect(Endpoint endpoint, OktaOptions options, Directory directory) {
    return new Okta(endpoint, options, directory);
  }

  /** The directory whose changes this application provisions. */
  public Directory directory() {
    return directory;
  }

  /** The client, for listeners. */
  public ScimClient client() {
    return client;
  }

  /** "Test Connector Configuration" [O A]. */
  public CycleReport testConnection() {
    return logged(
        "Okta: test connection",
        log -> {
          ScimAnswer answer = wire.send(OktaRequests.probe());
          boolean list =
              answer.json().filter(json -> json.path("totalResults").isInt()).isPresent();
          if (!answer.succeeded()) {
            log.problem("connection", "Error authenticating: " + answer.describe());
          } else if (!list) {
            log.problem("connection", "Error authenticating: not a list of users");
          }
        });
  }

  /** Reads all users, then all groups, by index, 100 at a time [D K1]. Okta keeps its own truth. */
  public CycleReport importEverything() {
    return logged(
        "Okta: import",
        log -> {
          importAll("Users", log);
          importAll("Groups", log);
        });
  }

  private void importAll(String resourceType, CycleLog log) {
    try {
      long total;
      long startIndex = 1;
      do {
        ObjectNode page = wire.resource(OktaRequests.importPage(resourceType, startIndex));
        total = page.path("totalResults").asLong();
        startIndex += OktaRequests.IMPORT_PAGE;
        options.progress().advanced("import", Math.min(total, startIndex - 1), total);
      } while (startIndex <= total);
    } catch (TaskFailed failure) {
      log.problem("import of " + resourceType, String.valueOf(failure.getMessage()));
    }
  }

  /** Assigns the application to everyone who has it in the directory: an account each. */
  public CycleReport assignAll() {
    watermark = directory.revision();
    return logged("Okta: assign", log -> runUsers(directory.people(), log));
  }

  /** Sets group push up for every group that has the application. */
  public CycleReport pushGroups() {
    pushing = true;
    return logged("Okta: push groups", this::runGroups);
  }

  /** Lets Okta act on what has changed in the directory since the last call. */
  public CycleReport sync() {
    return logged(
        "Okta: sync",
        log -> {
          Directory.Delta delta = directory.changesSince(watermark);
          watermark = delta.revision();
          runUsers(delta.people(), log);
          if (pushing) {
            runGroups(log);
          }
        });
  }

  /** "Retry selected" on every failed task; each starts over with the lookup [O A]. */
  public CycleReport retryFailedTasks() {
    return logged(
        "Okta: retry",
        log -> {
          Set<String> failed = Set.copyOf(failedTasks.keySet());
          failed.forEach(attempted::remove);
          runUsers(
              directory.people().stream()
                  .filter(person -> failed.contains(person.person().id()))
                  .toList(),
              log);
          if (pushing) {
            runGroups(log);
          }
        });
  }

  /**
   * "Push Now": pushes one group as a whole, whatever was pushed before [D K1].
   *
   * @param groupId the group's identifier in the directory
   */
  public CycleReport pushNow(String groupId) {
    return logged(
        "Okta: push now",
        log -> {
          GroupState group = directory.group(groupId).state();
          task(
              groupId,
              log,
              () -> {
                KnownGroup known = view.group(groupId);
                if (known == null) {
                  groups.run(group);
                } else {
                  groups.everything(group, known, groups.pushable(group));
                }
              });
        });
  }

  /** What becomes of a group in the application when its push is ended. */
  public enum Unlink {
    /** It is deleted [D K1]. */
    DELETE_IN_APPLICATION,
    /** Nothing is sent [D K10 C9321]. */
    LEAVE_IN_APPLICATION
  }

  /**
   * Ends the push of a group until {@link #relink}.
   *
   * @param groupId the group's identifier in the directory
   */
  public CycleReport unlink(String groupId, Unlink what) {
    unlinked.add(groupId);
    return logged(
        "Okta: unlink",
        log ->
            task(
                groupId,
                log,
                () -> {
                  KnownGroup known = view.group(groupId);
                  if (known != null && what == Unlink.DELETE_IN_APPLICATION) {
                    wire.delete(OktaRequests.deleteGroup(known.id()));
                  }
                  view.forgetGroup(groupId);
                }));
  }

  /** Pushes a group again that was unlinked; the next {@link #sync} finds it by its name. */
  public void relink(String groupId) {
    unlinked.remove(groupId);
  }

  private void runUsers(List<PersonState> people, CycleLog log) {
    workers.forEach(
        "users",
        people,
        () -> false,
        person -> task(person.person().id(), log, () -> users.run(person)));
  }

  private void runGroups(CycleLog log) {
    // What failed is not pushed again by itself, only when it changes or is retried [R C18, C19].
    List<GroupState> due =
        directory.groups().stream()
            .filter(group -> !unlinked.contains(group.id()))
            .filter(groups::due)
            .filter(group -> !wanted(group).equals(attempted.get(group.id())))
            .toList();
    workers.forEach(
        "groups",
        due,
        () -> false,
        group -> {
          attempted.put(group.id(), wanted(group));
          task(group.id(), log, () -> groups.run(group));
          if (!failedTasks.containsKey(group.id())) {
            attempted.remove(group.id());
          }
        });
  }

  private GroupState wanted(GroupState group) {
    return new GroupState(
        group.id(), group.displayName(), groups.pushable(group), group.assigned(), group.deleted());
  }

  private interface Task {
    void run() throws TaskFailed;
  }

  private void task(String subject, CycleLog log, Task task) {
    try {
      task.run();
      failedTasks.remove(subject);
    } catch (TaskFailed failure) {
      String reason = String.valueOf(failure.getMessage());
      failedTasks.put(subject, reason);
      log.problem(subject, reason);
    }
  }

  /** How the application stands. */
  public OktaStatus status() {
    return new OktaStatus(
        view.userCount(),
        view.activeUsers(),
        view.groupCount(),
        view.membershipCount(),
        failedTasks.size());
  }

  /** What the endpoint should hold according to the directory and Okta's rules. */
  public Expectation expected() {
    Predicate<GroupState> pushed = group -> pushing && !unlinked.contains(group.id());
    return OktaExpectation.of(directory, view, new OktaProfile(options), pushed);
  }

  private CycleReport logged(String name, Consumer<CycleLog> run) {
    CycleLog log = new CycleLog(name);
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
