package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.Measurement;
import com.phonemos.scim.engine.fixture.Screen;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.wire.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many tenants at once, each provisioned by an Entra of its own at the rate that Microsoft asks of
 * an endpoint: 25 requests per second and tenant.
 *
 * @param duration for which the rate is kept up
 */
record FleetSection(Screen screen, Duration duration) implements Section {
  private static final int TENANTS = 20;
  private static final int RATE = 25;
  private static final int GROUPS = 20;

  /** A person is looked up and created, and becomes a member of one group. */
  private static final int REQUESTS_PER_PERSON = 3;

  private static final int PARALLEL = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(100);

  /** What is sent evenly comes a little late at the end. */
  private static final double SUSTAINED = 0.98;

  private static final double P99_MILLIS = 100;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    keepUp(bed, "warm-up", WARM_UP);
    Kept kept = keepUp(bed, "fleet", duration);
    Figure figure = Figure.median(List.of(kept.measurement()));
    String label = "%d tenants, %d/s each for %d s".formatted(TENANTS, RATE, duration.toSeconds());
    return new Findings(
        "Many tenants at the rate of an identity provider",
        "Entra, requests",
        List.of(),
        List.of(new Case.Result(label, figure, List.of())),
        List.of(
            new Target(
                "Requests/s of all tenants together",
                figure.perSecond(),
                Target.Bound.AT_LEAST,
                SUSTAINED * TENANTS * RATE),
            new Target("p99 in ms", figure.p99Millis(), Target.Bound.BELOW, P99_MILLIS),
            new Target("Errors", kept.errors(), Target.Bound.BELOW, 1)));
  }

  private record Kept(Measurement measurement, long errors) {}

  private Kept keepUp(Testbed bed, String name, Duration howLong) throws Exception {
    ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    AtomicInteger done = new AtomicInteger();
    int requests = Math.toIntExact(RATE * howLong.toSeconds());
    List<Entra> fleet = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < TENANTS; number++) {
        Entra entra = entra(bed.tenant(name + "-" + number), bed.port(), number, requests);
        entra.client().pace(RATE);
        entra
            .client()
            .listen(exchange -> {
              nanos.add(exchange.latency().toNanos());
              screen.advanced(name, done.incrementAndGet(), (long) TENANTS * requests);
            });
        fleet.add(entra);
      }
      long start = System.nanoTime();
      List<Future<Long>> cycles =
          fleet.stream()
              .map(entra -> threads.submit(() -> entra.initialCycle().problemCount()))
              .toList();
      long errors = 0;
      for (Future<Long> cycle : cycles) {
        errors += cycle.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Kept(measurement(nanos, seconds), errors);
    } finally {
      fleet.forEach(Entra::close);
    }
  }

  private static Entra entra(Tenant tenant, int port, int seed, int requests) {
    int people = (requests - 2 * GROUPS) / REQUESTS_PER_PERSON;
    Endpoint endpoint =
        Endpoint.of(URI.create("http://127.0.0.1:" + port + "/scim/v2"), tenant.token());
    return Entra.connect(
        endpoint,
        EntraOptions.defaults().with(Execution.defaults(PARALLEL, TIMEOUT).unordered()),
        new Directory(Company.generate(new CompanySpec(seed, people, GROUPS, 1))));
  }

  private static Measurement measurement(ConcurrentLinkedQueue<Long> nanos, double seconds) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Measurement(
        sorted.length / seconds,
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (sorted.length * 0.99)] / 1e6,
        Double.NaN);
  }
}
