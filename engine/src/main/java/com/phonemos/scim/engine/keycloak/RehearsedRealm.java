package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * A realm on which a push can be tried without changing anything: what is written stays here, and
 * is read from here. Whose name and address is whose is read once, for all accounts; an account as
 * a whole only when it is met. What Keycloak's user profile would refuse is not known here. For use
 * on one event loop.
 */
final class RehearsedRealm implements KeycloakRealm {
  private static final int PAGE = 500;
  private static final String SERVICE_ACCOUNT = "service-account-";

  private final KeycloakRealm actual;
  private final RehearsedAccounts accounts = new RehearsedAccounts();
  private final RehearsedAccounts groups = new RehearsedAccounts();
  private final RehearsedMembers members;
  private final List<Write> writes = new ArrayList<>();
  private Optional<KeycloakException> lost = Optional.empty();
  private int created;

  private RehearsedRealm(KeycloakRealm actual) {
    this.actual = actual;
    this.members = new RehearsedMembers(actual);
  }

  /**
   * Something that would have been written.
   *
   * @param detail names of what would change
   */
  record Write(Forecast.Action action, String id, List<String> detail) {}

  /**
   * Reads the names in a realm.
   *
   * @param progress hears how many accounts have been read
   */
  static Future<RehearsedRealm> of(KeycloakRealm actual, IntConsumer progress) {
    RehearsedRealm realm = new RehearsedRealm(actual);
    return realm.readUsers(0, progress).compose(read -> realm.readGroups(0)).map(read -> realm);
  }

  /** What was written since this was last asked. */
  List<Write> takeWrites() {
    List<Write> taken = List.copyOf(writes);
    writes.clear();
    return taken;
  }

  /** Whether an account or group would be made by the push. */
  static boolean isNew(String id) {
    return id.startsWith("new-");
  }

  /** Why the realm could not be read; then nothing that came after means anything. */
  Optional<KeycloakException> lost() {
    return lost;
  }

  @Override
  public Future<String> createUser(ObjectNode representation) {
    return create(accounts, representation);
  }

  @Override
  public Future<Optional<ObjectNode>> user(String id) {
    return accounts.met(id).orElseGet(() -> ask(actual.user(id)));
  }

  @Override
  public Future<Optional<ObjectNode>> userNamed(String userName) {
    return userName.startsWith(SERVICE_ACCOUNT)
        ? ask(actual.userNamed(userName))
        : any(accounts.named(userName.toLowerCase(Locale.ROOT)));
  }

  @Override
  public Future<Optional<ObjectNode>> userWithEmail(String email) {
    return any(accounts.withEmail(email));
  }

  @Override
  public Future<List<ObjectNode>> users(int first, int max) {
    return ask(actual.users(first, max));
  }

  @Override
  public Future<List<ObjectNode>> usersWithScimId(UUID scimId) {
    return all(accounts.marked(scimId), this::user);
  }

  @Override
  public Future<Void> updateUser(String id, ObjectNode representation) {
    return user(id).compose(account -> update(accounts, id, account, representation));
  }

  @Override
  public Future<Void> logOut(String id) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> deleteUser(String id) {
    return delete(accounts, id);
  }

  @Override
  public Future<Boolean> isAdministrator(String userId) {
    return isNew(userId) ? Future.succeededFuture(false) : ask(actual.isAdministrator(userId));
  }

  @Override
  public Future<String> createGroup(ObjectNode representation) {
    return create(groups, representation);
  }

  @Override
  public Future<Optional<ObjectNode>> group(String id) {
    return groups.met(id).orElseGet(() -> ask(actual.group(id)));
  }

  @Override
  public Future<Optional<ObjectNode>> groupNamed(String name) {
    return groups
        .named(name)
        .map(this::group)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<List<ObjectNode>> groups(int first, int max) {
    return ask(actual.groups(first, max));
  }

  @Override
  public Future<List<ObjectNode>> children(String groupId) {
    return ask(actual.children(groupId));
  }

  @Override
  public Future<List<ObjectNode>> groupsWithScimId(UUID scimId) {
    return all(groups.marked(scimId), this::group);
  }

  @Override
  public Future<Void> updateGroup(String id, ObjectNode representation) {
    return group(id).compose(group -> update(groups, id, group, representation));
  }

  @Override
  public Future<Void> moveGroup(String id, String name) {
    return group(id)
        .compose(group -> {
          group.ifPresent(found -> {
            ObjectNode moved = found.deepCopy();
            moved.remove("parentId");
            groups.meet(id, moved);
          });
          writes.add(new Write(Forecast.Action.CHANGE, id, List.of(KeycloakGroup.PARENT)));
          return Future.succeededFuture();
        });
  }

  @Override
  public Future<Void> deleteGroup(String id) {
    members.clear(id);
    return delete(groups, id);
  }

  @Override
  public Future<Boolean> givesRoles(String groupId) {
    return isNew(groupId) ? Future.succeededFuture(false) : ask(actual.givesRoles(groupId));
  }

  @Override
  public Future<List<ObjectNode>> groupsOf(String userId) {
    return isNew(userId) ? Future.succeededFuture(List.of()) : ask(actual.groupsOf(userId));
  }

  @Override
  public Future<List<ObjectNode>> members(String groupId, int first, int max) {
    return ask(members.page(groupId, first, max));
  }

  @Override
  public Future<Void> join(String userId, String groupId) {
    return change(Forecast.Action.JOIN, userId, groupId, members -> members.add(userId));
  }

  @Override
  public Future<Void> leave(String userId, String groupId) {
    return change(Forecast.Action.LEAVE, userId, groupId, members -> members.remove(userId));
  }

  private Future<Void> change(
      Forecast.Action action, String userId, String groupId, Predicate<Set<String>> edit) {
    return ask(members.of(groupId))
        .map(ids -> {
          if (edit.test(ids)) {
            writes.add(new Write(action, userId, List.of()));
          }
          return null;
        });
  }

  private Future<Void> readUsers(int first, IntConsumer progress) {
    return actual
        .users(first, PAGE)
        .compose(page -> {
          page.forEach(accounts::index);
          progress.accept(first + page.size());
          return page.size() < PAGE ? Future.succeededFuture() : readUsers(first + PAGE, progress);
        });
  }

  private Future<Void> readGroups(int first) {
    return actual
        .groups(first, PAGE)
        .compose(page -> {
          page.forEach(groups::index);
          return page.size() < PAGE ? Future.succeededFuture() : readGroups(first + PAGE);
        });
  }

  private Future<String> create(RehearsedAccounts all, ObjectNode representation) {
    if (all.isTaken(representation, "")) {
      return Future.failedFuture(new KeycloakException(new Problem.Conflict("The name is taken")));
    }
    String id = "new-" + ++created;
    all.meet(id, representation.deepCopy().put("id", id));
    writes.add(new Write(Forecast.Action.CREATE, id, List.of()));
    return Future.succeededFuture(id);
  }

  private Future<Void> update(
      RehearsedAccounts all, String id, Optional<ObjectNode> before, ObjectNode representation) {
    if (before.isEmpty()) {
      return Future.failedFuture(new KeycloakException(new Problem.NotFound("It is gone")));
    }
    ObjectNode after = RehearsedAccounts.updated(before.get(), representation);
    if (all.isTaken(after, id)) {
      return Future.failedFuture(new KeycloakException(new Problem.Conflict("The name is taken")));
    }
    List<String> detail = RehearsedAccounts.differences(before.get(), after);
    all.meet(id, after);
    boolean shut =
        before.get().path("enabled").booleanValue() && !after.path("enabled").booleanValue();
    if (!detail.isEmpty()) {
      writes.add(new Write(shut ? Forecast.Action.DISABLE : Forecast.Action.CHANGE, id, detail));
    }
    return Future.succeededFuture();
  }

  private Future<Void> delete(RehearsedAccounts all, String id) {
    all.forget(id);
    writes.add(new Write(Forecast.Action.REMOVE, id, List.of()));
    return Future.succeededFuture();
  }

  private Future<Optional<ObjectNode>> any(Optional<String> id) {
    return id.map(this::user).orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private static Future<List<ObjectNode>> all(
      Set<String> ids, Function<String, Future<Optional<ObjectNode>>> read) {
    List<Future<Optional<ObjectNode>>> found = ids.stream().map(read).toList();
    return Future.all(found)
        .map(all -> found.stream().flatMap(one -> one.result().stream()).toList());
  }

  private <T> Future<T> ask(Future<T> answer) {
    return answer.onFailure(cause -> {
      if (cause instanceof KeycloakException failure
          && failure.problem() instanceof Problem.Unavailable) {
        lost = Optional.of(failure);
      }
    });
  }
}
