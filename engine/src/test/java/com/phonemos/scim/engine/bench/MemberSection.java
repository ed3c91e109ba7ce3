package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.Workload;
import com.phonemos.scim.engine.fixture.Screen;
import java.util.List;
import java.util.UUID;

/** Adding one member to a group of 100,000, against adding one to a group of ten. */
record MemberSection(Screen screen) implements Section {
  private static final int LARGE = 100_000;
  private static final int SMALL = 10;

  /** Users who are in no group, for the clients to add and to take out. */
  private static final int OTHERS = 10_000;

  private static final List<Integer> CONNECTIONS = List.of(1, 8);

  /** Adding may take 1.5 times as long. */
  private static final double LIMIT = 1 / 1.5;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    Tenant tenant = bed.tenant("members");
    UUID large = UUID.randomUUID();
    UUID small = UUID.randomUUID();
    new Population(bed, tenant, screen)
        .users(LARGE + OTHERS)
        .group(large, "large", LARGE)
        .group(small, "small", SMALL)
        .finish();
    Workload toLarge = new Workload.AddMember(bed.port(), tenant.token(), large, LARGE);
    Workload toSmall =
        new Workload.AddMember(bed.port(), tenant.token(), small, LARGE + OTHERS / 2);
    rounds.warmUp(() -> toLarge, 8);
    rounds.warmUp(() -> toSmall, 8);
    List<Case> cases =
        CONNECTIONS.stream()
            .map(clients ->
                new Case(
                    clients == 1 ? "1 connection" : clients + " connections",
                    () -> rounds.measure(toLarge, clients),
                    List.of(() -> rounds.measure(toSmall, clients))))
            .toList();
    String title = "Adding one member";
    List<Case.Result> results = rounds.run(title, cases);
    return new Findings(
        title, "to a group of 100,000", List.of("to a group of 10"), results, targets(results));
  }

  private static List<Target> targets(List<Case.Result> results) {
    return results.stream()
        .map(result ->
            new Target(
                "Adding a member to 100,000 against to 10, " + result.label(),
                result.ratio(0),
                Target.Bound.AT_LEAST,
                LIMIT))
        .toList();
  }
}
