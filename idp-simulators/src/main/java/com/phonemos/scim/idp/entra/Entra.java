package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.cycle.Tasks;
import com.phonemos.scim.idp.cycle.Workers;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.entra.EntraRules.KeepAlive;
import com.phonemos.scim.idp.entra.EntraShape.Dialect;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A provisioning job of Microsoft Entra ID. */
public final class Entra implements IdentityProvider {
  /** The time from one cycle to the next; it cannot be configured [D E1, E7]. */
  public static final Duration INTERVAL = Duration.ofMinutes(40);

  private final Directory directory;
  private final SimulationClock clock;
  private final EntraOptions options;
  private final ScimClient client;
  private final EntraView view = new EntraView();
  private final Escrow escrow = new Escrow();
  private final Quarantine quarantine;
  private final EntraMapping mapping;
  private final EntraProbe probe;
  private final OnDemand onDemand;
  private final EntraCycle cycle;
  private boolean initialCycleDone;
  private long watermark;
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
            new Connection(options.execution().parallel(), options.execution().timeout(), false));
    this.quarantine = new Quarantine(clock);
    client.listen(quarantine);
    this.mapping = new EntraMapping(options.scope(), options.shape());
    EntraWire wire = new EntraWire(client, clock, options.rules().throttling());
    this.probe = new EntraProbe(wire, mapping, options, seed(directory));
    this.onDemand = new OnDemand(wire, view, options);
    Workers workers = new Workers(options.execution(), client);
    this.cycle = new EntraCycle(wire, workers, clock, quarantine, escrow, view, mapping, options);
  }

  private static String seed(Directory directory) {
    return directory.people().stream().findFirst().map(p -> p.person().id()).orElse("");
  }

  /**
   * Creates a job; nothing is sent yet.
   *
   * @param endpoint the Tenant URL and the secret token. {@code ?aadOptscim062020} at the URL's end
   *     chooses the flag dialect; whether it is sent too, {@link EntraRules#flagOnTheWire} says
   */
  public static Entra connect(Endpoint endpoint, EntraOptions options, Directory directory) {
    String query = endpoint.base().getQuery();
    boolean flag = query != null && query.contains("aadOptscim062020");
    return new Entra(
        options.rules().flagOnTheWire() ? endpoint : endpoint.withoutQuery(),
        flag ? options.withDialect(Dialect.FLAG) : options,
        directory);
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public ScimClient client() {
    return client;
  }

  @Override
  public List<Supplier<CycleReport>> setUp() {
    return List.of(this::testConnection, this::initialCycle);
  }

  /** "Test connection" [D E1] [R F3]. */
  public CycleReport testConnection() {
    return logged("test connection", probe::test);
  }

  /** Provisions one person now; see {@link OnDemand}. */
  public CycleReport provisionOnDemand(String personId) {
    PersonState person = directory.person(personId).state();
    return onDemand(personId, () -> onDemand.run(person));
  }

  /**
   * Provisions one group now, with a few of its members.
   *
   * @param personIds five at most [D E8]
   */
  public CycleReport provisionOnDemand(String groupId, List<String> personIds) {
    if (personIds.size() > OnDemand.MEMBERS) {
      throw new IllegalArgumentException(
          "Expected at most " + OnDemand.MEMBERS + " members, but got " + personIds.size());
    }
    GroupState group = directory.group(groupId).state();
    return onDemand(groupId, () -> onDemand.run(group, personIds));
  }

  private CycleReport onDemand(String subject, Tasks.Task task) {
    return logged(
        "on demand",
        log -> {
          if (probe.run(log)) {
            new Tasks().run(subject, log, task);
          }
        });
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
    return logged("initial cycle", this::runInitial);
  }

  private void runInitial(CycleLog log) {
    directory.emptyRecycleBin();
    Directory.Delta everything = directory.changesSince(0);
    Map<String, PersonState> everyone = new LinkedHashMap<>();
    directory.people().forEach(person -> everyone.put(person.person().id(), person));
    List<GroupState> groups = directory.groups();
    run(new EntraCycle.Work(everyone.values(), groups, groups, everyone), log);
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
    return logged("incremental cycle", this::runIncremental);
  }

  private void runIncremental(CycleLog log) {
    if (quarantine.disabled()) {
      log.problem("job", "disabled after four weeks in quarantine");
      return;
    }
    if (quarantine.tripped() && !leaveQuarantine(log)) {
      return;
    }
    if (!initialCycleDone) {
      runInitial(log);
      return;
    }
    directory.emptyRecycleBin();
    Directory.Delta delta = directory.changesSince(watermark);
    EntraCycle.Work work = EntraWork.of(delta, directory, escrow.due(clock.instant()));
    KeepAlive keepAlive = options.rules().keepAlive();
    boolean due =
        keepAlive == KeepAlive.EVERY_CYCLE || (keepAlive == KeepAlive.WHEN_IDLE && work.isEmpty());
    if ((due && !probe.run(log)) || tooManyDeletions(work, log)) {
      return;
    }
    run(work, log);
    if (!quarantine.tripped()) {
      watermark = delta.revision();
    }
  }

  private boolean leaveQuarantine(CycleLog log) {
    String reason = quarantine.reason().orElse("");
    if (clock.instant().isBefore(lastCycle.plus(Quarantine.INTERVAL))) {
      log.problem("job", "in quarantine: " + reason);
      return false;
    }
    lastCycle = clock.instant();
    if (!probe.run(new CycleLog("probe"))) {
      log.problem("job", "still in quarantine: " + reason);
      return false;
    }
    quarantine.lift();
    return true;
  }

  private boolean tooManyDeletions(EntraCycle.Work work, CycleLog log) {
    long losing =
        work.users().stream()
            .filter(person -> !person.inScope())
            .map(person -> view.user(person.person().id()))
            .filter(known -> known != null && known.active())
            .count();
    if (approved || losing <= options.rules().deletionThreshold()) {
      approved = false;
      awaitingApproval = Optional.empty();
      return false;
    }
    String reason = losing + " people would lose access, more than the threshold allows";
    awaitingApproval = Optional.of(reason);
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

  @Override
  public CycleReport follow() {
    clock.advance(INTERVAL);
    return incrementalCycle();
  }

  @Override
  public CycleReport heal() {
    clock.advance(Duration.ofDays(1));
    return incrementalCycle();
  }

  @Override
  public boolean ailing() {
    EntraStatus status = status();
    return status.escrow() > 0 || status.health() != EntraStatus.Health.RUNNING;
  }

  @Override
  public String belief() {
    return "Entra believes: " + status();
  }

  /** How the job stands. */
  public EntraStatus status() {
    EntraStatus.Health health =
        quarantine.disabled()
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

  @Override
  public Expectation expected() {
    return EntraExpectation.of(directory, view, mapping, options);
  }

  private CycleReport logged(String what, Consumer<CycleLog> run) {
    return CycleLog.during("Entra: " + what, client, run);
  }

  @Override
  public void close() {
    client.close();
  }
}
