package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.Measurement;
import com.phonemos.scim.engine.bench.load.Workload;
import com.phonemos.scim.engine.fixture.Screen;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** How long operators wait for the answer why somebody is, or is not, in a group. */
record ExplainSection(Screen screen) implements Section {
  private static final int USERS = 100_000;
  private static final int MEMBERS = 50_000;
  private static final int CHANGES_EACH = 3;
  private static final String GROUP = "Explained";
  private static final List<Integer> CLIENTS = List.of(1, 8);
  private static final double LIMIT_MILLIS = 200;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    Tenant tenant = bed.tenant("explained");
    new Population(bed, tenant, screen)
        .users(USERS)
        .group(UUID.randomUUID(), GROUP, MEMBERS)
        .history(USERS, CHANGES_EACH)
        .finish();
    Workload explain =
        new Workload.Explain(bed.opsPort(), Testbed.OPERATOR_TOKEN, "explained", GROUP, USERS);
    rounds.warmUp(() -> explain, CLIENTS.getLast());
    List<Case> cases =
        CLIENTS.stream()
            .map(clients ->
                new Case(
                    clients == 1 ? "1 operator" : clients + " operators",
                    () -> rounds.measure(explain, clients),
                    List.<Callable<Measurement>>of()))
            .toList();
    String title = "Explaining one of 100,000 users";
    List<Case.Result> results = rounds.run(title, cases);
    double slowest =
        results.stream().mapToDouble(result -> result.engine().p99Millis()).max().orElseThrow();
    return new Findings(
        title,
        "engine",
        List.of(),
        results,
        List.of(new Target("explain, p99 in ms", slowest, Target.Bound.BELOW, LIMIT_MILLIS)));
  }
}
