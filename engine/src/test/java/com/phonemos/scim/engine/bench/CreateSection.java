package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.Measurement;
import com.phonemos.scim.engine.bench.load.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Creates of full users. The floors write the same rows, without a tenant's order and without the
 * lock that makes it.
 *
 * @param connections numbers of clients to measure with
 * @param pool connections to PostgreSQL that a floor may use
 */
record CreateSection(List<Integer> connections, int pool) implements Section {
  private static final List<Integer> TENANTS = List.of(1, 50);

  /** Serial numbers for one step: more than it can use. */
  private static final long SERIALS = 1_000_000;

  private static final int TRANSACTION = 0;
  private static final int STATEMENT = 1;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    Subjects subjects = new Subjects(bed, pool);
    List<Case> cases = new ArrayList<>();
    for (int tenants : TENANTS) {
      for (int clients : connections) {
        cases.add(subjects.oneCase(rounds, tenants, clients));
      }
    }
    for (int tenants : TENANTS) {
      rounds.warmUp(() -> subjects.engine(tenants), 64);
      rounds.warmUp(() -> subjects.floor(tenants, false), 64);
      rounds.warmUp(() -> subjects.floor(tenants, true), 64);
    }
    String title = "Creates of full users";
    List<Case.Result> results = rounds.run(title, cases);
    return new Findings(
        title,
        "engine",
        List.of("one transaction per create", "one statement per create"),
        results,
        targets(results));
  }

  private static List<Target> targets(List<Case.Result> results) {
    List<Target> targets = new ArrayList<>();
    for (Case.Result result : results) {
      if (result.label().equals(label(1, 64))) {
        targets.add(atLeast(result, "one transaction", TRANSACTION, 3));
        targets.add(atLeast(result, "one statement", STATEMENT, 1.2));
        targets.add(
            new Target(
                result.label() + ": p99 of creates in ms",
                result.engine().p99Millis(),
                Target.Bound.BELOW,
                100));
      } else if (result.label().equals(label(50, 64))) {
        targets.add(atLeast(result, "one transaction", TRANSACTION, 2.5));
      }
    }
    return targets;
  }

  private static Target atLeast(Case.Result result, String what, int floor, double limit) {
    return new Target(
        result.label() + ": creates against " + what + " each",
        result.ratio(floor),
        Target.Bound.AT_LEAST,
        limit);
  }

  private static String label(int tenants, int clients) {
    return (tenants == 1 ? "1 tenant, " : tenants + " tenants, ")
        + (clients == 1 ? "1 connection" : clients + " connections");
  }

  /** The tenants of the engine and, apart from them, those of the floors. */
  private static final class Subjects {
    private final Testbed bed;
    private final int pool;
    private final List<Tenant> ours = new ArrayList<>();
    private final List<UUID> theirs = new ArrayList<>();
    private long serial;

    Subjects(Testbed bed, int pool) throws Exception {
      this.bed = bed;
      this.pool = pool;
      for (int i = 0; i < TENANTS.getLast(); i++) {
        ours.add(bed.tenant("creates-" + i));
        theirs.add(bed.tenant("floor-" + i).id());
      }
    }

    Case oneCase(Rounds rounds, int tenants, int clients) {
      Callable<Measurement> transaction = () -> rounds.measure(floor(tenants, false), clients);
      Callable<Measurement> statement = () -> rounds.measure(floor(tenants, true), clients);
      return new Case(
          label(tenants, clients),
          () -> rounds.measure(engine(tenants), clients),
          List.of(transaction, statement));
    }

    Workload engine(int tenants) {
      List<String> tokens = ours.subList(0, tenants).stream().map(Tenant::token).toList();
      return new Workload.CreateUsers(bed.port(), tokens, serials());
    }

    Workload floor(int tenants, boolean oneStatement) {
      return new Workload.InsertUsers(
          bed.uri(), pool, List.copyOf(theirs.subList(0, tenants)), serials(), oneStatement);
    }

    private long serials() {
      serial += SERIALS;
      return serial;
    }
  }
}
