package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.SampleUser;
import com.phonemos.scim.engine.bench.load.Workload;
import com.phonemos.scim.engine.fixture.Screen;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a tenant of a million users costs, against a tenant of ten thousand. */
record MillionSection(Screen screen, int users) implements Section {
  private static final int FEW = 10_000;
  private static final int CLIENTS = 8;
  private static final int PAGE = 100;

  private static final String WALK = "page of a walk, from the middle on (against page 1)";

  /** A look-up may take 1.5 times as long. */
  private static final double LOOKUP_LIMIT = 1 / 1.5;

  /** A page deep in a walk may take twice as long. */
  private static final double WALK_LIMIT = 1 / 2.0;

  /** A search that no index serves, before it is refused. */
  private static final double SEARCH_LIMIT_MILLIS = 6_000;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    Tenant few = bed.tenant("ten-thousand");
    new Population(bed, few, screen).users(FEW).finish();
    Tenant many = bed.tenant("million");
    new Population(bed, many, screen).users(users).finish();
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, String> lookup : lookups().entrySet()) {
      Workload fromMany = new Workload.Get(bed.port(), many.token(), lookup.getValue(), users);
      Workload fromFew = new Workload.Get(bed.port(), few.token(), lookup.getValue(), FEW);
      rounds.warmUp(() -> fromMany, CLIENTS);
      rounds.warmUp(() -> fromFew, CLIENTS);
      cases.add(
          new Case(
              lookup.getKey(),
              () -> rounds.measure(fromMany, CLIENTS),
              List.of(() -> rounds.measure(fromFew, CLIENTS))));
    }
    cases.add(walk(bed, rounds, many));
    String title = "A tenant of %,d users".formatted(users);
    List<Case.Result> results = rounds.run(title, cases);
    List<Target> targets = new ArrayList<>(results.stream().map(MillionSection::target).toList());
    targets.add(unindexed(bed, many));
    return new Findings(title, "large tenant", List.of("10,000 users"), results, targets);
  }

  private static Map<String, String> lookups() {
    Map<String, String> paths = new TreeMap<>();
    paths.put("id", "/Users/" + SampleUser.ID);
    paths.put("userName eq", ReadSection.filter("userName", SampleUser.USER_NAME));
    paths.put("externalId eq", ReadSection.filter("externalId", SampleUser.EXTERNAL_ID));
    paths.put("emails.value eq", ReadSection.filter("emails.value", SampleUser.EMAIL));
    paths.put("totalResults alone", "/Users?count=0");
    return paths;
  }

  /** Deep in a walk by index, against its first pages; one client, as identity providers walk. */
  private Case walk(Testbed bed, Rounds rounds, Tenant many) {
    String path = "/Users?startIndex=" + SampleUser.SERIAL + "&count=" + PAGE;
    int pages = users / PAGE;
    Workload deep = new Workload.Walk(bed.port(), many.token(), path, pages / 2, pages / 2, PAGE);
    Workload first = new Workload.Walk(bed.port(), many.token(), path, 0, 1, PAGE);
    return new Case(WALK, () -> rounds.measure(deep, 1), List.of(() -> rounds.measure(first, 1)));
  }

  private static Target target(Case.Result result) {
    return new Target(
        result.label(),
        result.ratio(0),
        Target.Bound.AT_LEAST,
        result.label().equals(WALK) ? WALK_LIMIT : LOOKUP_LIMIT);
  }

  /** It is answered or refused in time, whatever it would cost to search everybody. */
  private static Target unindexed(Testbed bed, Tenant tenant) throws Exception {
    String path = ReadSection.filter("title", "Nobody");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bed.port() + "/scim/v2" + path))
            .header("Authorization", "Bearer " + tenant.token())
            .build();
    long start = System.nanoTime();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return new Target(
          "A filter that no index serves, answered " + status + ", in ms",
          (System.nanoTime() - start) / 1e6,
          Target.Bound.BELOW,
          SEARCH_LIMIT_MILLIS);
    }
  }
}
