package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.DueKind;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.TenantPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * One tenant, its push and a model of its realm in virtual time, with a network between them that
 * does what a test says.
 */
final class VirtualPush {
  private static final int CONCURRENCY = 8;
  private static final long ANSWER_MS = 5;
  private static final long TIMEOUT_MS = 10_000;
  private static final long TICK_MS = 500;

  final Random random = new Random(4);
  final VirtualTime time = new VirtualTime(random);
  final KeycloakModel keycloak = new KeycloakModel();
  final MemoryPushStore store =
      new MemoryPushStore(
          time,
          new PushSettings(
              new KeycloakTarget("http://keycloak", "acme", "scim", "secret"),
              TenantPolicy.DEFAULT));
  final List<Call> calls = new ArrayList<>();
  private Network network = VirtualPush::answered;
  private int inFlight;
  private int mostInFlight;
  private int life;

  /** A request as it was sent. */
  record Call(long atMs, HttpMethod method, String path) {
    boolean isToken() {
      return path.endsWith("/token");
    }
  }

  /** What becomes of a call. */
  interface Network {
    /**
     * @param keycloak does what the call asks for, and answers
     * @return empty: no answer ever comes
     */
    Optional<KeycloakTransport.Exchange> send(
        Call call, java.util.function.Supplier<KeycloakTransport.Exchange> keycloak);
  }

  static Optional<KeycloakTransport.Exchange> answered(
      Call call, java.util.function.Supplier<KeycloakTransport.Exchange> keycloak) {
    return Optional.of(keycloak.get());
  }

  static Optional<KeycloakTransport.Exchange> error(int status, String body) {
    return Optional.of(
        new KeycloakTransport.Exchange(status, "", Optional.empty(), Buffer.buffer(body)));
  }

  static Optional<KeycloakTransport.Exchange> busy(Duration retryAfter) {
    return Optional.of(
        new KeycloakTransport.Exchange(429, "", Optional.of(retryAfter), Buffer.buffer("{}")));
  }

  void network(Network network) {
    this.network = network;
  }

  int mostInFlight() {
    return mostInFlight;
  }

  /** As after a {@code kill -9}, where one was running: nobody hears of what that one asked. */
  void start() {
    int born = ++life;
    PushLanes lanes =
        new PushLanes(
            new PushLanes.Ports(
                store,
                (method, address, headers, body) -> send(born, method, address, body),
                (delayMs, task) -> time.after(delayMs, () -> live(born, task)),
                time::nanos,
                random,
                PushRecorder.NONE),
            CONCURRENCY);
    tick(lanes, born);
  }

  List<UUID> users(int count) {
    List<UUID> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      store.putUser(id, "user" + store.users().size(), true);
      users.add(id);
    }
    return users;
  }

  UUID group(String name) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    store.putGroup(id, name);
    return id;
  }

  void pass(Duration duration) {
    time.run(duration, () -> false);
  }

  boolean settle(Duration limit) {
    return time.run(limit, store::isSettled);
  }

  Optional<String> reason(UUID user) {
    return store.reasons().stream().filter(row -> row.contains(user.toString())).findFirst();
  }

  boolean isPushed(UUID user) {
    return store.link(DueKind.USER, user).filter(keycloak.users()::containsKey).isPresent();
  }

  /** Calls from a moment on, those for tokens left out. */
  List<Call> callsSince(long ms) {
    return calls.stream().filter(call -> call.atMs() >= ms && !call.isToken()).toList();
  }

  private void tick(PushLanes lanes, int born) {
    live(born, () -> lanes.look().onComplete(done -> time.after(TICK_MS, () -> tick(lanes, born))));
  }

  private void live(int born, Runnable task) {
    if (born == life) {
      task.run();
    }
  }

  private Future<KeycloakTransport.Exchange> send(
      int born, HttpMethod method, String address, Optional<Buffer> body) {
    Promise<KeycloakTransport.Exchange> promise = Promise.promise();
    Call call = new Call(time.millis(), method, address.replaceFirst("http://keycloak", ""));
    calls.add(call);
    mostInFlight = Math.max(mostInFlight, ++inFlight);
    Optional<KeycloakTransport.Exchange> answer =
        network.send(call, () -> keycloak.answer(method, address, body));
    time.after(
        answer.isPresent() ? ANSWER_MS : TIMEOUT_MS,
        () -> {
          inFlight--;
          live(
              born,
              () -> answer.ifPresentOrElse(promise::complete, () -> promise.fail(noAnswer())));
        });
    return promise.future();
  }

  private static KeycloakException noAnswer() {
    return new KeycloakException(
        new Problem.Unavailable(Problem.Scope.SERVER, "no answer", Optional.empty()));
  }
}
