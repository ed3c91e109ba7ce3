package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.SampleUser;
import com.phonemos.scim.engine.bench.load.Workload;
import com.phonemos.scim.engine.fixture.Screen;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** GET by id and by a filter on {@code userName}, against the plain indexed select of the row. */
record ReadSection(Screen screen, List<Integer> connections, int pool) implements Section {
  private static final int USERS = 100_000;
  private static final double LIMIT = 0.7;

  private static final String SELECT =
      """
      SELECT id, resource::text, revision, created, modified FROM scim_user
      WHERE tenant_id = $1 AND\
      """;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    Tenant tenant = bed.tenant("reads");
    new Population(bed, tenant, screen).users(USERS).finish();
    List<Case> cases = new ArrayList<>();
    cases.addAll(
        cases(
            rounds,
            "GET by id",
            new Workload.Get(bed.port(), tenant.token(), "/Users/" + SampleUser.ID, USERS),
            new Workload.Select(
                bed.uri(), pool, tenant.id(), SELECT + " id = $2", SampleUser.ID, USERS)));
    cases.addAll(
        cases(
            rounds,
            "userName eq",
            new Workload.Get(
                bed.port(), tenant.token(), filter("userName", SampleUser.USER_NAME), USERS),
            new Workload.Select(
                bed.uri(),
                pool,
                tenant.id(),
                SELECT + " user_name_key = $2",
                SampleUser.USER_NAME,
                USERS)));
    String title = "Reads at 100,000 users";
    List<Case.Result> results = rounds.run(title, cases);
    return new Findings(title, "engine", List.of("plain select"), results, targets(results));
  }

  /** The path of a search for one attribute's value. */
  static String filter(String attribute, String value) {
    String filter = attribute + " eq \"" + value + '"';
    // The place of the serial number must stay as it is.
    return "/Users?filter="
        + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("%7Bn%7D", SampleUser.SERIAL);
  }

  private List<Case> cases(Rounds rounds, String label, Workload get, Workload select)
      throws Exception {
    rounds.warmUp(() -> get, 64);
    rounds.warmUp(() -> select, 64);
    return connections.stream()
        .map(clients ->
            new Case(
                label + ", " + (clients == 1 ? "1 connection" : clients + " connections"),
                () -> rounds.measure(get, clients),
                List.of(() -> rounds.measure(select, clients))))
        .toList();
  }

  private static List<Target> targets(List<Case.Result> results) {
    return results.stream()
        .filter(result -> result.label().endsWith(", 64 connections"))
        .map(result ->
            new Target(
                result.label() + " against the plain select",
                result.ratio(0),
                Target.Bound.AT_LEAST,
                LIMIT))
        .toList();
  }
}
