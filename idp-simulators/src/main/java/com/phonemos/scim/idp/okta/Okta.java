package com.phonemos.scim.idp.okta;

import com.phonemos.scim.idp.EventDrivenProvider;
import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.cycle.Tasks;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.okta.OktaView.KnownGroup;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimAnswer;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An application of an Okta organization.
 *
 * <p>Okta acts on events; {@link #sync} lets it act on all that have happened since.
 */
public final class Okta extends EventDrivenProvider {
  private final OktaOptions options;
  private final OktaWire wire;
  private final OktaView view = new OktaView();
  private final OktaEntitlements entitlements;
  private final OktaProfile profile;
  private final UserTasks users;
  private final GroupPush groups;
  private final OktaImport imports;
  private final Map<String, GroupState> attempted = new ConcurrentHashMap<>();
  private final Map<String, String> linkedNames = new ConcurrentHashMap<>();
  private final Set<String> unlinked = new HashSet<>();
  private boolean pushing;

  private Okta(ScimClient client, OktaOptions options, Directory directory) {
    super("Okta", directory, client, options.execution());
    this.options = options;
    this.wire = new OktaWire(client, directory.clock());
    this.entitlements = new OktaEntitlements(wire);
    this.profile = new OktaProfile(options.shape(), entitlements);
    this.users = new UserTasks(wire, view, profile, options.shape());
    this.groups = GroupPush.of(wire, view, options.shape());
    this.imports = new OktaImport(wire, options.execution().progress());
  }

  /** Creates an application; nothing is sent yet. */
  public static Okta connect(Endpoint endpoint, OktaOptions options, Directory directory) {
    Connection connection =
        new Connection(options.execution().parallel(), options.execution().timeout(), true);
    return new Okta(new ScimClient(endpoint, new OktaHeaders(), connection), options, directory);
  }

  /** "Test Connector Configuration" [O A]; for groups too where they are imported [D K1-1.1]. */
  public CycleReport testConnection() {
    return logged(
        "test connection",
        log -> {
          probe(OktaRequests.probe(), log);
          if (options.importGroups()) {
            probe(OktaRequests.probeGroups(), log);
          }
        });
  }

  private void probe(ScimRequest request, CycleLog log) {
    ScimAnswer answer = wire.send(request);
    boolean list = answer.json().filter(json -> json.path("totalResults").isInt()).isPresent();
    if (!answer.succeeded()) {
      log.problem("connection", "Error authenticating: " + answer.describe());
    } else if (!list) {
      log.problem("connection", "Error authenticating: not a list");
    }
  }

  /** Discovers roles and entitlements, where the application has them [D K6]. */
  public CycleReport discover() {
    return logged("discover", entitlements::discover);
  }

  /** Reads all users, then all groups. */
  public CycleReport importEverything() {
    return logged(
        "import",
        log -> {
          imports.run("Users", log);
          imports.run("Groups", log);
        });
  }

  /** Assigns the application to everyone who has it in the directory: an account each. */
  public CycleReport assignAll() {
    seen();
    return logged("assign", log -> runUsers(directory().people(), log));
  }

  /** Sets group push up for every group that has the application. */
  public CycleReport pushGroups() {
    pushing = true;
    return logged("push groups", log -> runGroups(group -> false, log));
  }

  @Override
  public List<Supplier<CycleReport>> setUp() {
    List<Supplier<CycleReport>> steps = new ArrayList<>(List.of(this::testConnection));
    if (options.entitlements()) {
      steps.add(this::discover);
    }
    steps.addAll(List.of(this::importEverything, this::assignAll, this::pushGroups));
    return List.copyOf(steps);
  }

  /**
   * "Push Now": pushes one group as a whole, whatever was pushed before [D K1].
   *
   * @param groupId the group's identifier in the directory
   */
  public CycleReport pushNow(String groupId) {
    return forGroup(
        "push now",
        groupId,
        group -> {
          KnownGroup known = view.group(groupId);
          if (known == null) {
            groups.run(group);
          } else {
            groups.everything(group, known, groups.pushable(group));
          }
        });
  }

  /**
   * Links a group to one that the application has: members are added, old members stay; it takes
   * the name it has in Okta only if the application is set up so [D K10 C9315, C9330].
   *
   * @param groupId the group's identifier in the directory
   * @param displayName the name of the application's group
   */
  public CycleReport link(String groupId, String displayName) {
    unlinked.remove(groupId);
    if (!options.renameLinked()) {
      linkedNames.put(groupId, displayName);
    }
    return forGroup(
        "link",
        groupId,
        group -> {
          String id =
              wire.id(
                  wire.lookUp(OktaRequests.lookUpGroup(displayName))
                      .orElseThrow(() -> new RequestFailed("No group of this name to link")));
          view.know(groupId, new KnownGroup(id, displayName, Set.of()));
          groups.run(group);
        });
  }

  /**
   * "Sync Password": sends a person's new password [D K1]. Once: a failure is reported, but leaves
   * no task behind.
   *
   * @param personId the person's identifier in the directory
   */
  public CycleReport changePassword(String personId, String password) {
    Person person = directory().person(personId).state().person();
    return logged(
        "password", log -> new Tasks().run(personId, log, () -> users.password(person, password)));
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
    linkedNames.remove(groupId);
    return forGroup(
        "unlink",
        groupId,
        group -> {
          KnownGroup known = view.group(groupId);
          if (known != null && what == Unlink.DELETE_IN_APPLICATION) {
            wire.delete(OktaRequests.deleteGroup(known.id()));
          }
          view.forgetGroup(groupId);
        });
  }

  /** Pushes a group again that was unlinked; the next {@link #sync} finds it by its name. */
  public void relink(String groupId) {
    unlinked.remove(groupId);
  }

  private interface GroupTask {
    void run(GroupState group) throws RequestFailed;
  }

  private CycleReport forGroup(String what, String groupId, GroupTask task) {
    GroupState group = asPushed(directory().group(groupId).state());
    return logged(what, log -> tasks().run(groupId, log, () -> task.run(group)));
  }

  @Override
  protected void provision(PersonState person) throws RequestFailed {
    users.run(person);
  }

  /** What failed is not pushed again by itself, only when it changes or is retried [R C18, C19]. */
  @Override
  protected List<GroupState> due(List<GroupState> all, Predicate<GroupState> retried) {
    return all.stream()
        .map(this::asPushed)
        .filter(group -> retried.test(group) || (groups.due(group) && !failedAsItIs(group)))
        .toList();
  }

  private boolean failedAsItIs(GroupState group) {
    return groups.wanted(group).equals(attempted.get(group.id()));
  }

  @Override
  protected void provision(GroupState group) throws RequestFailed {
    attempted.put(group.id(), groups.wanted(group));
    groups.run(group);
    attempted.remove(group.id());
  }

  private GroupState asPushed(GroupState group) {
    return group.named(nameAtEndpoint(group));
  }

  @Override
  protected String nameAtEndpoint(GroupState group) {
    return linkedNames.getOrDefault(group.id(), group.displayName());
  }

  @Override
  protected boolean pushes(GroupState group) {
    return pushing && !unlinked.contains(group.id());
  }

  @Override
  protected Map<AttributePath, String> values(Person person) {
    return profile.values(person);
  }

  /** Okta never deletes an account [D K1, K2]. */
  @Override
  protected Optional<Expectation.User> leftBehind(PersonState person) {
    return Optional.ofNullable(view.user(person.person().id()))
        .map(known -> new Expectation.User(known.userName(), false, Map.of()));
  }

  @Override
  protected String holdings() {
    return view.toString();
  }
}
