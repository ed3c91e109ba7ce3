package com.phonemos.scim.idp;

import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.cycle.Tasks;
import com.phonemos.scim.idp.cycle.Workers;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A provider that acts on every change by itself: a task for each person and each group. A task
 * that fails waits for an administrator, who looks at it once a day.
 */
public abstract class EventDrivenProvider implements IdentityProvider {
  private final String name;
  private final Directory directory;
  private final ScimClient client;
  private final Workers workers;
  private final Tasks tasks = new Tasks();
  private long watermark;

  /**
   * A provider; nothing is sent yet.
   *
   * @param name for people
   */
  protected EventDrivenProvider(
      String name, Directory directory, ScimClient client, Execution execution) {
    this.name = name;
    this.directory = directory;
    this.client = client;
    this.workers = new Workers(execution, client);
  }

  /** Brings one person's account to where it should be. */
  protected abstract void provision(PersonState person) throws RequestFailed;

  /** Brings one group to where it should be. */
  protected abstract void provision(GroupState group) throws RequestFailed;

  /** The attributes that an account must have. */
  protected abstract Map<AttributePath, String> values(Person person);

  /** The account of somebody who is out of scope, if one is left. */
  protected abstract Optional<Expectation.User> leftBehind(PersonState person);

  /** How many accounts, active ones and groups there should be, in words. */
  protected abstract String holdings();

  /** Whether a group is the provider's business at all. */
  protected boolean pushes(GroupState group) {
    return true;
  }

  /** The name that a group has at the endpoint. */
  protected String nameAtEndpoint(GroupState group) {
    return group.displayName();
  }

  /**
   * The groups that have a task.
   *
   * @param retried whether an administrator asked for a group
   */
  protected List<GroupState> due(List<GroupState> groups, Predicate<GroupState> retried) {
    return groups;
  }

  /** Acts on all that has happened in the directory since the last call; at first, on all. */
  public CycleReport sync() {
    return logged(
        "sync",
        log -> {
          Directory.Delta delta = directory.changesSince(watermark);
          watermark = delta.revision();
          runUsers(delta.people(), log);
          runGroups(group -> false, log);
        });
  }

  /** Runs every failed task again, as an administrator does by hand. */
  public CycleReport retryFailedTasks() {
    return logged(
        "retry",
        log -> {
          Set<String> failed = tasks.failed();
          runUsers(
              directory.people().stream()
                  .filter(person -> failed.contains(person.person().id()))
                  .toList(),
              log);
          runGroups(group -> failed.contains(group.id()), log);
        });
  }

  @Override
  public final Directory directory() {
    return directory;
  }

  @Override
  public final ScimClient client() {
    return client;
  }

  @Override
  public final CycleReport follow() {
    return sync();
  }

  @Override
  public final CycleReport heal() {
    directory.clock().advance(Duration.ofDays(1));
    return retryFailedTasks();
  }

  @Override
  public final boolean ailing() {
    return failedTasks() > 0;
  }

  /** How many tasks wait for an administrator. */
  public final int failedTasks() {
    return tasks.failed().size();
  }

  @Override
  public final String belief() {
    return name + " believes: " + holdings() + ", " + failedTasks() + " failed tasks";
  }

  @Override
  public final Expectation expected() {
    Map<String, String> inScope = new LinkedHashMap<>();
    List<Expectation.User> users = new ArrayList<>();
    for (PersonState state : directory.people()) {
      Person person = state.person();
      if (state.inScope()) {
        inScope.put(person.id(), person.userName());
        users.add(new Expectation.User(person.userName(), true, values(person)));
      } else {
        leftBehind(state).ifPresent(users::add);
      }
    }
    List<Expectation.Group> groups =
        directory.groups().stream()
            .filter(GroupState::inScope)
            .filter(this::pushes)
            .map(group -> new Expectation.Group(nameAtEndpoint(group), members(group, inScope)))
            .toList();
    return new Expectation(users, groups);
  }

  private static Set<String> members(GroupState group, Map<String, String> inScope) {
    Set<String> members = new TreeSet<>();
    for (String personId : group.members()) {
      Optional.ofNullable(inScope.get(personId)).ifPresent(members::add);
    }
    return members;
  }

  /** The report of what is exchanged while something runs. */
  protected final CycleReport logged(String what, Consumer<CycleLog> run) {
    return CycleLog.during(name + ": " + what, client, run);
  }

  /** The tasks of this provider. */
  protected final Tasks tasks() {
    return tasks;
  }

  /** Counts everything up to now as seen. */
  protected final void seen() {
    watermark = directory.revision();
  }

  /** Runs a task for each of these people. */
  protected final void runUsers(Collection<PersonState> people, CycleLog log) {
    workers.forEach(
        "users",
        people,
        () -> false,
        person -> tasks.run(person.person().id(), log, () -> provision(person)));
  }

  /** Runs a task for each group that has one. */
  protected final void runGroups(Predicate<GroupState> retried, CycleLog log) {
    workers.forEach(
        "groups",
        due(directory.groups().stream().filter(this::pushes).toList(), retried),
        () -> false,
        group -> tasks.run(group.id(), log, () -> provision(group)));
  }

  @Override
  public final void close() {
    client.close();
  }
}
