package com.phonemos.scim.engine.keycloak;

import static com.phonemos.scim.engine.keycloak.KeycloakCalls.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.DriftFindings.Author;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What administrators did in a realm, as far as the realm records it. To read it takes the role
 * {@code view-events}. For use on one event loop.
 */
final class AdminEventLog {
  private static final String KINDS =
      "&resourceTypes=USER&resourceTypes=GROUP&resourceTypes=GROUP_MEMBERSHIP"
          + "&operationTypes=CREATE&operationTypes=UPDATE&operationTypes=DELETE";

  /** Among so many of one resource there is one that the push did not make itself. */
  private static final int LATEST = 20;

  private final KeycloakCalls calls;
  private boolean hidden;

  AdminEventLog(KeycloakCalls calls) {
    this.calls = calls;
  }

  /**
   * One change.
   *
   * @param path of the resource, such as {@code users/<id>/groups/<id>}
   * @param userId of who made it
   * @param isLocal whether that is a user of the same realm
   */
  record Event(String id, Instant at, String path, String userId, boolean isLocal) {
    private static Event of(ObjectNode event) {
      String author = event.path("authDetails").path("realmId").asText("");
      return new Event(
          event.path("id").asText(""),
          Instant.ofEpochMilli(event.path("time").asLong(0)),
          event.path("resourcePath").asText(""),
          event.path("authDetails").path("userId").asText(""),
          author.equals(event.path("realmId").asText("")));
    }
  }

  /** A page of what happened since a moment, the oldest first. */
  Future<List<Event>> since(Instant from, int first, int max) {
    return read(
        "direction=asc&dateFrom=%d&first=%d&max=%d%s"
            .formatted(from.toEpochMilli(), first, max, KINDS));
  }

  /** When something happened last; empty when nothing has. */
  Future<Optional<Instant>> latest() {
    return read("direction=desc&first=0&max=1" + KINDS)
        .map(events -> events.stream().findFirst().map(Event::at));
  }

  /** The id of the account that the push itself uses; empty when its token does not tell. */
  Future<Optional<String>> ownId() {
    return calls.subject();
  }

  /** Who changed something last, apart from the push; empty when the realm does not tell. */
  Future<Optional<Author>> author(String path) {
    if (hidden) {
      return Future.succeededFuture(Optional.empty());
    }
    Future<List<Event>> events =
        read("direction=desc&first=0&max=" + LATEST + KINDS + "&resourcePath=" + encode(path));
    Future<Optional<String>> own = ownId();
    return Future.all(events, own)
        .compose(all -> {
          return events.result().stream()
              .filter(event -> !own.result().equals(Optional.of(event.userId)))
              .findFirst()
              .map(this::named)
              .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        })
        .recover(cause -> {
          // Only a name is missing; what was found is to be kept all the same.
          hidden =
              Problem.of(cause) instanceof Problem.Unavailable unavailable
                  && unavailable.scope() == Problem.Scope.REALM;
          return Future.succeededFuture(Optional.empty());
        });
  }

  private Future<Optional<Author>> named(Event event) {
    Future<Optional<ObjectNode>> account =
        event.isLocal
            ? calls.find("/users/" + encode(event.userId))
            : Future.succeededFuture(Optional.empty());
    return account.map(found ->
        Optional.of(
            new Author(
                found.map(user -> user.path("username").asText(event.userId)).orElse(event.userId),
                event.at)));
  }

  private Future<List<Event>> read(String query) {
    return calls
        .list("/admin-events?" + query)
        .map(events -> events.stream().map(Event::of).toList());
  }
}
