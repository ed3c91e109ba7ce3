package com.phonemos.scim.idp.bench;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.testing.NoOpServer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Locale;

/**
 * Entra's initial cycle of 10,000 people and 200 groups with three memberships each, 50,400
 * requests, against a server in the same process that does nothing: a few times without a pause, so
 * that the first shows a cold start and the others whether memory stays flat.
 */
public final class InitialCycleBenchmark {
  private static final int CYCLES = 4;
  private static final int PARALLEL = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(100);

  private InitialCycleBenchmark() {}

  /** Runs it in both ways of sending and prints a line for each cycle. */
  public static void main(String[] arguments) {
    Execution seeded = Execution.defaults(PARALLEL, TIMEOUT);
    print("%-28s %12s %10s %12s", "", "requests/s", "p99", "heap used");
    measure("interleaved by a seed", seeded);
    measure("--unordered", seeded.unordered());
    print("Heap limit: %d MiB", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void measure(String name, Execution execution) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    Directory directory = new Directory(Company.generate(new CompanySpec(1, 10_000, 200, 3)));
    try (NoOpServer server = new NoOpServer();
        Entra entra =
            Entra.connect(server.endpoint(), EntraOptions.defaults().with(execution), directory)) {
      for (int cycle = 1; cycle <= CYCLES; cycle++) {
        CycleReport report = entra.initialCycle();
        if (!report.clean()) {
          throw new IllegalStateException(report.summary());
        }
        memory.gc();
        print(
            "%-28s %,12.0f %7.1f ms %8d MiB",
            name + ", cycle " + cycle,
            report.requestsPerSecond(),
            report.latency().p99().toNanos() / 1e6,
            memory.getHeapMemoryUsage().getUsed() >> 20);
      }
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
