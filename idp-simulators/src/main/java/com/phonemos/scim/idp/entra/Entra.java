package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimClient;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A provisioning job of Microsoft Entra ID: a directory, an endpoint, and what Entra believes about
 * the endpoint.
 *
 * <p>Methods block until the job has done what they say. One thread at a time may drive a job.
 */
public final class Entra implements AutoCloseable {
  /** The time from one cycle to the next; it cannot be configured [D E1, E7]. */
  public static final Duration INTERVAL = Duration.ofMinutes(40);

  private final Directory directory;
  private final SimulationClock clock;
  private final EntraOptions options;
  private final ScimClient client;
  private final EntraView view = new EntraView();
  private final Escrow escrow = new Escrow();
  private final Quarantine quarantine = new Quarantine();
  private final EntraCycle cycle;
  private boolean initialCycleDone;
  private long watermark;
  private long probes;
  private Instant lastCycle = Instant.MIN;
  private Optional<String> awaitingApproval = Optional.empty();
  private boolean approved;

  private Entra(Endpoint endpoint, EntraOptions options, Directory directory) {
    this.directory = directory;
    this.clock = directory.clock();
    this.options = options;
    this.client =
        new ScimClient(
            endpoint,
            new EntraHeaders(),
            new Connection(options.parallel(), options.timeout(), false));
    this.cycle = new EntraCycle(client, clock, quarantine, escrow, view, options);
  }

  /**
   * Creates a job; nothing is sent yet.
   *
   * @param endpoint the Tenant URL and the secret token. {@code ?aadOptscim062020} at the URL's end
   *     chooses the flag dialect and is not sent [R F1]
   */
  public static Entra connect(Endpoint endpoint, EntraOptions options, Directory directory) {
    String query = endpoint.base().getQuery();
    boolean flag = query != null && query.contains("aadOptscim062020");
    return new Entra(endpoint, flag ? options.withDialect(Dialect.FLAG) : options, directory);
  }

  /** The directory whose changes this job provisions. */
  public Directory directory() {
    return directory;
  }

  /** The client, for listeners. */
  public ScimClient client() {
    return client;
  }

  /**
   * "Test connection": asks for a user and a group that do not exist, expecting empty lists [D E1]
   * [R F3]. The same is sent from time to time while a job runs [R S2].
   */
  public CycleReport testConnection() {
    return logged("Entra: test connection", this::probe);
  }

  private void probe(CycleLog log) {
    if (probe(log, EntraRequests.probeUser(nobody())) && options.groups()) {
      probe(log, EntraRequests.probeGroup(nobody()));
    }
  }

  private boolean probe(CycleLog log, ScimRequest request) {
    try {
      if (cycle.wire().lookUp(request).isEmpty()) {
        return true;
      }
      log.problem("connection", "a resource was found that does not exist");
    } catch (ObjectFailed failure) {
      log.problem("connection", String.valueOf(failure.getMessage()));
    }
    return false;
  }

  private String nobody() {
    probes++;
    // Derived from the company, so that a seed decides every byte.
    String name = directory.people().stream().findFirst().map(p -> p.person().id()).orElse("");
    return UUID.nameUUIDFromBytes((name + probes).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Provisions the whole directory; what Entra believed before is forgotten, as "Restart
   * provisioning" does [D E3, E4].
   */
  public CycleReport initialCycle() {
    view.clear();
    escrow.clear();
    quarantine.lift();
    initialCycleDone = false;
    awaitingApproval = Optional.empty();
    return logged("Entra: initial cycle", this::runInitial);
  }

  private void runInitial(CycleLog log) {
    directory.emptyRecycleBin();
    Directory.Delta everything = directory.changesSince(0);
    Map<String, PersonState> everyone = byId(directory.people());
    List<GroupState> groups = directory.groups();
    run(new EntraCycle.Work(directory.people(), groups, groups, everyone), log);
    if (!quarantine.tripped()) {
      initialCycleDone = true;
      watermark = everything.revision();
    }
  }

  /**
   * Provisions what has changed since the last cycle and what is due from escrow. A job in
   * quarantine sends nothing until its day is over [D E4].
   */
  public CycleReport incrementalCycle() {
    return logged("Entra: incremental cycle", this::runIncremental);
  }

  private void runIncremental(CycleLog log) {
    Instant now = clock.instant();
    if (status().health() == EntraStatus.Health.DISABLED) {
      log.problem("job", "disabled after four weeks in quarantine");
      return;
    }
    if (quarantine.tripped()) {
      if (now.isBefore(lastCycle.plus(Quarantine.INTERVAL))) {
        log.problem("job", "in quarantine: " + quarantine.reason().orElse(""));
        return;
      }
      if (!leaveQuarantine(log)) {
        return;
      }
    }
    if (!initialCycleDone) {
      runInitial(log);
      return;
    }
    directory.emptyRecycleBin();
    Directory.Delta delta = directory.changesSince(watermark);
    EntraCycle.Work work = EntraWork.of(delta, directory, escrow.due(now));
    if (tooManyDeletions(work, log)) {
      return;
    }
    run(work, log);
    if (!quarantine.tripped()) {
      watermark = delta.revision();
    }
  }

  private boolean leaveQuarantine(CycleLog log) {
    Optional<String> before = quarantine.reason();
    lastCycle = clock.instant();
    CycleLog trial = new CycleLog("probe");
    probe(trial);
    if (trial.report().clean()) {
      quarantine.lift();
      return true;
    }
    log.problem("job", "still in quarantine: " + before.orElse(""));
    return false;
  }

  private boolean tooManyDeletions(EntraCycle.Work work, CycleLog log) {
    long losing =
        work.users().stream()
            .filter(person -> !person.inScope())
            .map(person -> view.user(person.person().id()))
            .filter(known -> known != null && known.active())
            .count();
    if (approved || losing <= options.deletionThreshold()) {
      approved = false;
      awaitingApproval = Optional.empty();
      return false;
    }
    String reason = losing + " people would lose access, more than the threshold allows";
    if (awaitingApproval.isEmpty()) {
      awaitingApproval = Optional.of(reason);
    }
    log.problem("job", reason);
    return true;
  }

  /** Lets the deletions that a cycle stopped at happen, in the next cycle [D E3]. */
  public void approveDeletions() {
    approved = true;
  }

  private void run(EntraCycle.Work work, CycleLog log) {
    lastCycle = clock.instant();
    quarantine.beginCycle();
    cycle.run(work, log);
    quarantine.reason().ifPresent(reason -> log.problem("job", "in quarantine: " + reason));
  }

  /** How the job stands. */
  public EntraStatus status() {
    EntraStatus.Health health =
        quarantine.disabled(clock.instant())
            ? EntraStatus.Health.DISABLED
            : quarantine.tripped()
                ? EntraStatus.Health.QUARANTINE
                : awaitingApproval.isPresent()
                    ? EntraStatus.Health.AWAITING_APPROVAL
                    : EntraStatus.Health.RUNNING;
    return new EntraStatus(
        health,
        quarantine.reason().or(() -> awaitingApproval),
        view.userCount(),
        view.activeUsers(),
        view.groupCount(),
        view.membershipCount(),
        escrow.size());
  }

  /** What the endpoint should hold according to the directory and Entra's rules. */
  public Expectation expected() {
    return EntraExpectation.of(directory, view, cycle.mapping(), options.groups());
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

  private static Map<String, PersonState> byId(List<PersonState> people) {
    Map<String, PersonState> byId = new LinkedHashMap<>();
    people.forEach(person -> byId.put(person.person().id(), person));
    return byId;
  }

  /** Closes the connections. */
  @Override
  public void close() {
    client.close();
  }
}
