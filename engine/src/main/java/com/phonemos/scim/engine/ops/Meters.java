package com.phonemos.scim.engine.ops;

import com.phonemos.scim.engine.store.DriftFindings;
import com.phonemos.scim.engine.store.Fleet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the engine, once: name, labels and unit.
 *
 * <table>
 *   <caption>As Prometheus sees them</caption>
 *   <tr><th>Metric<th>Type, unit<th>Labels
 *   <tr><td>{@code scim_http_requests_seconds}<td>histogram<td>operation, resource, status
 *   <tr><td>{@code scim_errors_total}<td>counter<td>scim_type
 *   <tr><td>{@code scim_mailbox_depth}<td>gauge, commands<td>shard
 *   <tr><td>{@code scim_mailbox_wait_seconds}<td>histogram<td>
 *   <tr><td>{@code scim_mailbox_rejected_total}<td>counter<td>
 *   <tr><td>{@code scim_commands_total}<td>counter<td>type, outcome
 *   <tr><td>{@code scim_batch_size}<td>histogram, commands<td>
 *   <tr><td>{@code scim_transaction_seconds}<td>histogram<td>outcome
 *   <tr><td>{@code scim_push_seconds}<td>histogram<td>outcome
 *   <tr><td>{@code scim_push_lag_seconds}<td>histogram<td>priority
 *   <tr><td>{@code scim_push_retries_total}<td>counter<td>reason
 *   <tr><td>{@code scim_push_circuit_state}<td>gauge, 0 closed, 1 half open, 2 open<td>target
 *   <tr><td>{@code scim_push_concurrency_limit}<td>gauge, pushes<td>target
 *   <tr><td>{@code scim_keycloak_token_requests_total}<td>counter<td>outcome
 *   <tr><td>{@code scim_guard_trips_total}<td>counter<td>
 *   <tr><td>{@code scim_guard_held_changes}<td>gauge, users<td>
 *   <tr><td>{@code scim_drift_findings_total}<td>counter<td>what
 *   <tr><td>{@code scim_drift_scan_seconds}<td>histogram<td>outcome
 *   <tr><td>{@code scim_drift_polls_total}<td>counter<td>outcome
 *   <tr><td>{@code scim_outbox_due}<td>gauge, resources<td>priority
 *   <tr><td>{@code scim_outbox_oldest_age_seconds}<td>gauge<td>priority
 *   <tr><td>{@code scim_push_given_up}<td>gauge, resources<td>
 *   <tr><td>{@code scim_tenants}<td>gauge, tenants<td>state
 *   <tr><td>{@code scim_tokens}<td>gauge, tokens<td>state
 *   <tr><td>{@code scim_tenant_due}<td>gauge, resources<td>tenant
 *   <tr><td>{@code scim_tenant_given_up}<td>gauge, resources<td>tenant
 *   <tr><td>{@code scim_tenant_oldest_due_age_seconds}<td>gauge<td>tenant
 *   <tr><td>{@code scim_tenant_last_request_age_seconds}<td>gauge<td>tenant
 *   <tr><td>{@code scim_event_loop_delay_seconds}<td>histogram<td>
 *   <tr><td>{@code scim_build_info}<td>gauge, 1<td>version, java
 *   <tr><td>{@code scim_ready}<td>gauge, 0 or 1<td>
 *   <tr><td>{@code vertx_pool_*}<td>connections to PostgreSQL, worker threads<td>pool_name
 *   <tr><td>{@code jvm_*}, {@code process_*}, {@code system_*}<td>Micrometer's binders<td>
 * </table>
 *
 * <p>Nobody depends on this class: each package that has something to tell declares a recorder
 * interface of its own with primitive arguments, the wiring passes an adapter, and the names stay
 * here. Labels are of small closed sets, never ids or values of a request; {@code tenant} is there
 * for the {@value TenantGauges#MOST} tenants that need attention most.
 *
 * <p>Safe for all threads; recording neither blocks nor allocates a meter twice.
 */
public final class Meters implements AutoCloseable {
  /** From a read by key to what an identity provider gives up on. */
  private static final Duration[] LATENCIES =
      Stream.of(
              1L, 2L, 5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 20_000L)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** From a push at once to one that waited out an outage; 30 s and 60 s are promised. */
  private static final Duration[] LAGS =
      Stream.of(1L, 2L, 5L, 15L, 30L, 60L, 300L, 900L, 3_600L)
          .map(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private static final int TARGETS = 50;

  private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  private final Map<List<String>, Timer> timers = new ConcurrentHashMap<>();
  private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Target> targets = new ConcurrentHashMap<>();
  private final Map<Integer, AtomicInteger> depths = new ConcurrentHashMap<>();
  private final Counter mailboxRejected =
      Counter.builder("scim.mailbox.rejected").register(registry);
  private final Timer mailboxWait = timer("scim.mailbox.wait");
  private final DistributionSummary batchSize =
      DistributionSummary.builder("scim.batch.size")
          .serviceLevelObjectives(SIZES)
          .register(registry);
  private final Behind losses = behind("security");
  private final Behind others = behind("normal");
  private final AtomicLong givenUp = gauge("scim.push.given.up");
  private final AtomicLong guardHeld = gauge("scim.guard.held.changes");
  private final AtomicLong ready = gauge("scim.ready");
  private final Timer eventLoopDelay = timer("scim.event.loop.delay");
  private final TenantGauges tenantGauges = new TenantGauges(registry);

  /** How far Keycloak is behind with changes of one priority. */
  private record Behind(AtomicLong due, AtomicLong oldestAgeMs) {}

  public Meters() {
    expectTheRare();
    Gauge.builder("scim.build.info", () -> 1)
        .tag("version", Optional.ofNullable(version()).orElse("unknown"))
        .tag("java", Integer.toString(Runtime.version().feature()))
        .register(registry);
    List<MeterBinder> binders =
        List.of(
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics(),
            garbageCollection);
    binders.forEach(binder -> binder.bindTo(registry));
  }

  /** For binders of libraries. */
  public MeterRegistry registry() {
    return registry;
  }

  /** In Prometheus's text format. */
  public String scrape() {
    return registry.scrape();
  }

  /**
   * An answered request.
   *
   * @param operation such as {@code create} or {@code list}
   * @param resource {@code User}, {@code Group}, or {@code none} where a path names no resource
   *     type
   */
  public void httpRequest(String operation, String resource, int status, long nanos) {
    timer(
            "scim.http.requests",
            "operation",
            operation,
            "resource",
            resource,
            "status",
            Integer.toString(status))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * An error answer.
   *
   * @param scimType as RFC 7644 table 9 spells it, or {@code none}
   */
  public void error(String scimType) {
    counter("scim.errors", "scim_type", scimType).increment();
  }

  /** A command was turned away because its tenant's mailbox was full. */
  public void mailboxFull() {
    mailboxRejected.increment();
  }

  /** How many commands wait in a shard now. */
  public void waiting(int shard, int commands) {
    depths.computeIfAbsent(shard, this::depth).set(commands);
  }

  /** A command left its mailbox. */
  public void waited(long nanos) {
    mailboxWait.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A batch was committed or has failed. */
  public void transaction(int commands, long nanos, boolean committed) {
    batchSize.record(commands);
    timer("scim.transaction", "outcome", committed ? "committed" : "failed")
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A command was answered. */
  public void command(String type, String outcome) {
    counter("scim.commands", "type", type, "outcome", outcome).increment();
  }

  /**
   * A due resource was pushed, or not.
   *
   * @param outcome {@code in_sync}, {@code pushed}, {@code later} or {@code given_up}
   */
  public void push(String outcome, long nanos) {
    timer("scim.push", "outcome", outcome).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A resource has reached Keycloak, this long after it was marked due. */
  public void pushLag(boolean urgent, long lagMs) {
    Timer.builder("scim.push.lag")
        .tag("priority", urgent ? "security" : "normal")
        .serviceLevelObjectives(LAGS)
        .register(registry)
        .record(lagMs, TimeUnit.MILLISECONDS);
  }

  /**
   * A series that begins with its first event has no increase: Prometheus does not see that one.
   */
  private void expectTheRare() {
    counter("scim.guard.trips");
    List.of("conflict", "not_found", "rejected", "failed", "unavailable")
        .forEach(reason -> counter("scim.push.retries", "reason", reason));
    List.of(DriftFindings.What.values())
        .forEach(what -> counter("scim.drift.findings", "what", what.word()));
    List.of("finished", "interrupted").forEach(end -> timer("scim.drift.scan", "outcome", end));
    List.of("read", "failed").forEach(end -> counter("scim.drift.polls", "outcome", end));
    List.of("ok", "refused", "failed")
        .forEach(end -> counter("scim.keycloak.token.requests", "outcome", end));
  }

  /** A push did not succeed. */
  public void pushRetry(String reason) {
    counter("scim.push.retries", "reason", reason).increment();
  }

  /**
   * The way to a Keycloak, as last looked at; of the first {@value #TARGETS} only.
   *
   * @param target its address
   * @param circuit 0 closed, 1 half open, 2 open
   * @param limit pushes at a time
   */
  public void pushTarget(String target, int circuit, int limit) {
    if (targets.size() < TARGETS || targets.containsKey(target)) {
      Target shown = targets.computeIfAbsent(target, this::target);
      shown.circuit.set(circuit);
      shown.limit.set(limit);
    }
  }

  /** The mass-change guard began to hold losses of access. */
  public void guardTripped() {
    counter("scim.guard.trips").increment();
  }

  /** Users whose loss of access waits for an operator, as last looked at. */
  public void guardHeld(long users) {
    guardHeld.set(users);
  }

  /** Something was changed in Keycloak by somebody else. */
  public void driftFound(String what) {
    counter("scim.drift.findings", "what", what).increment();
  }

  /** A realm was looked through, or not to its end. */
  public void driftScan(String outcome, long nanos) {
    timer("scim.drift.scan", "outcome", outcome).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Admin events of a realm were asked for. */
  public void driftPoll(String outcome) {
    counter("scim.drift.polls", "outcome", outcome).increment();
  }

  /** An access token was asked for. */
  public void keycloakToken(String outcome) {
    counter("scim.keycloak.token.requests", "outcome", outcome).increment();
  }

  private Target target(String address) {
    Target target = new Target(new AtomicInteger(), new AtomicInteger());
    Gauge.builder("scim.push.circuit.state", target.circuit, AtomicInteger::get)
        .tag("target", address)
        .register(registry);
    Gauge.builder("scim.push.concurrency.limit", target.limit, AtomicInteger::get)
        .tag("target", address)
        .register(registry);
    return target;
  }

  private record Target(AtomicInteger circuit, AtomicInteger limit) {}

  /**
   * What waits for Keycloak.
   *
   * @param urgent losses of access; else all that is not
   */
  public void outbox(boolean urgent, long waiting, Duration oldest) {
    Behind behind = urgent ? losses : others;
    behind.due.set(waiting);
    behind.oldestAgeMs.set(oldest.toMillis());
  }

  /** Resources that wait for an operator. */
  public void givenUp(long resources) {
    givenUp.set(resources);
  }

  /** All tenants, as last looked at. */
  public void fleet(Fleet.Glance glance) {
    tenantGauges.show(glance);
  }

  /** An event loop did something later than it should have. */
  public void eventLoopDelay(long nanos) {
    eventLoopDelay.record(nanos, TimeUnit.NANOSECONDS);
  }

  public void ready(boolean is) {
    ready.set(is ? 1 : 0);
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }

  /** Of the jar; absent when the classes lie in a folder. */
  private static @Nullable String version() {
    return Meters.class.getPackage().getImplementationVersion();
  }

  private AtomicInteger depth(int shard) {
    AtomicInteger depth = new AtomicInteger();
    Gauge.builder("scim.mailbox.depth", depth, AtomicInteger::get)
        .tag("shard", Integer.toString(shard))
        .register(registry);
    return depth;
  }

  private Behind behind(String priority) {
    Behind behind = new Behind(new AtomicLong(), new AtomicLong());
    Gauge.builder("scim.outbox.due", behind.due, AtomicLong::get)
        .tag("priority", priority)
        .register(registry);
    Gauge.builder("scim.outbox.oldest.age", behind.oldestAgeMs, age -> age.get() / 1_000.0)
        .tag("priority", priority)
        .baseUnit("seconds")
        .register(registry);
    return behind;
  }

  private AtomicLong gauge(String name) {
    AtomicLong value = new AtomicLong();
    Gauge.builder(name, value, AtomicLong::get).register(registry);
    return value;
  }

  private Counter counter(String name, String... tags) {
    return counters.computeIfAbsent(
        key(name, tags), absent -> Counter.builder(name).tags(tags).register(registry));
  }

  private Timer timer(String name, String... tags) {
    return timers.computeIfAbsent(
        key(name, tags),
        absent ->
            Timer.builder(name).tags(tags).serviceLevelObjectives(LATENCIES).register(registry));
  }

  private static List<String> key(String name, String... tags) {
    return Stream.concat(Stream.of(name), Stream.of(tags)).toList();
  }
}
