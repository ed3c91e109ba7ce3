package com.phonemos.scim.engine.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.KeycloakTarget;
import com.phonemos.scim.engine.store.PushSettings;
import com.phonemos.scim.engine.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a tenant's Keycloak can be pushed to, and if not, what is wrong. Changes nothing. */
public final class TargetCheck {
  private static final String ADMIN_CLIENT = "realm-management";

  /** What the push needs of the roles of {@link #ADMIN_CLIENT}. */
  private static final List<String> NEEDED = List.of("manage-users", "view-clients");

  private final Vertx vertx;
  private final Tenants tenants;
  private final EgressPolicy egress;

  /**
   * What was looked at.
   *
   * @param step such as {@code token}
   * @param problem absent: it is as it should be
   */
  public record Finding(String step, Optional<String> problem) {}

  public TargetCheck(Vertx vertx, Tenants tenants, EgressPolicy egress) {
    this.vertx = vertx;
    this.tenants = tenants;
    this.egress = egress;
  }

  /**
   * Looks step by step, up to the first that fails: {@code token}, {@code users}, {@code groups},
   * {@code roles}.
   *
   * @return empty when the tenant has no Keycloak or is disabled
   */
  public Future<List<Finding>> run(TenantId tenant) {
    Promise<List<Finding>> promise = Promise.promise();
    vertx.runOnContext(onOneLoop ->
        tenants
            .readSettings(tenant)
            .compose(settings ->
                settings
                    .map(PushSettings::target)
                    .map(this::look)
                    .orElseGet(() -> Future.succeededFuture(List.of())))
            .onComplete(promise));
    return promise.future();
  }

  private Future<List<Finding>> look(KeycloakTarget target) {
    KeycloakHttp http = new KeycloakHttp(vertx, egress);
    KeycloakGate gate =
        new KeycloakGate(
            new CircuitBreaker(System::nanoTime, PushLanes.LONGEST_SERVER_PAUSE),
            new AdaptiveLimit(System::nanoTime, 1));
    CircuitBreaker circuit = new CircuitBreaker(System::nanoTime, PushLanes.LONGEST_REALM_PAUSE);
    KeycloakCalls calls =
        new KeycloakCalls(http, target, gate, circuit, System::nanoTime, PushRecorder.NONE);
    return steps(calls).eventually(http::close);
  }

  private static Future<List<Finding>> steps(KeycloakCalls calls) {
    List<Finding> findings = new ArrayList<>();
    return step(findings, "token", calls.subject(), subject -> Optional.empty())
        .compose(
            done -> step(findings, "users", calls.list("/users?max=1"), any -> Optional.empty()))
        .compose(
            done -> step(findings, "groups", calls.list("/groups?max=1"), any -> Optional.empty()))
        .compose(done -> step(findings, "roles", roles(calls), TargetCheck::lacking))
        .transform(ended -> Future.succeededFuture(List.copyOf(findings)));
  }

  /** Notes how a step went; failed when none should follow. */
  private static <T> Future<Void> step(
      List<Finding> findings, String name, Future<T> look, Function<T, Optional<String>> judge) {
    return look.transform(looked -> {
      Optional<String> problem =
          looked.succeeded()
              ? judge.apply(looked.result())
              : Optional.of(Problem.of(looked.cause()).reason());
      findings.add(new Finding(name, problem));
      return problem.isEmpty()
          ? Future.succeededFuture()
          : Future.failedFuture(looked.succeeded() ? new IllegalStateException() : looked.cause());
    });
  }

  /** Which roles of the administration the service account has, directly or through others. */
  private static Future<List<ObjectNode>> roles(KeycloakCalls calls) {
    return calls
        .list("/clients?clientId=" + ADMIN_CLIENT)
        .compose(clients ->
            clients.isEmpty()
                ? Future.succeededFuture(List.of())
                : calls
                    .subject()
                    .compose(subject ->
                        calls.list(
                            "/users/"
                                + KeycloakCalls.encode(subject.orElse(""))
                                + "/role-mappings/clients/"
                                + KeycloakMapping.id(clients.getFirst())
                                + "/composite")));
  }

  private static Optional<String> lacking(List<ObjectNode> roles) {
    String lacking =
        NEEDED.stream()
            .filter(needed ->
                roles.stream().noneMatch(role -> role.path("name").asText("").equals(needed)))
            .collect(Collectors.joining(", "));
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Expected the service account to have the roles "
                + String.join(", ", NEEDED)
                + " of "
                + ADMIN_CLIENT
                + ", but it lacks "
                + lacking);
  }
}
