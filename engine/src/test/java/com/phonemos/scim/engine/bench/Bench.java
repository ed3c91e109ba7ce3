package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.fixture.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code mvn -Pbench}. */
@Command(
    name = "mvn -Pbench -Dbench.args=\"…\"",
    sortOptions = false,
    description = {
      "Measures the engine against plain clients of the same PostgreSQL and the same Keycloak, in"
          + " the same run: it warms up, lets all take turns, and quotes medians.",
      ""
    },
    footer = {
      "",
      "Sections:",
      "  creates  full users, for 1 and 50 tenants, against one transaction and one statement each",
      "  reads    by id and by a userName filter at 100,000 users, against the plain select",
      "  members  adding one to a group of 100,000, against to a group of 10",
      "  push     1,000 new users into a real Keycloak, against a bare loop of the same calls",
      "  million  look-ups and walks at --users users, against 10,000",
      "  corpus   every row of bad input, each several times",
      "  explain  why a person is or is not in a group, at 100,000 users with a history",
      "  fleet    20 tenants at once, each provisioned by an Entra at 25 requests/s",
      "",
      "Exit status: 0 done; 1 it could not be measured; 2 an option is wrong;",
      "  3 a target was missed, with --check (mvn -Pbench -Dbench.check=true)",
      "",
      "Examples:",
      "  mvn -Pbench",
      "  mvn -Pbench -Dbench.args=\"--sections creates --connections 64 --rounds 5\"",
    })
final class Bench implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int MISSED = 3;

  /** What can be measured alone. */
  enum Name {
    creates,
    reads,
    members,
    push,
    million,
    corpus,
    explain,
    fleet
  }

  @Option(
      names = "--sections",
      split = ",",
      defaultValue = "creates,reads,members,push,million,corpus,explain,fleet",
      description = "What is measured (${DEFAULT-VALUE}).")
  private List<Name> sections = List.of();

  @Option(
      names = "--connections",
      split = ",",
      defaultValue = "1,8,64,256",
      description = "Clients that each have one request under way (${DEFAULT-VALUE}).")
  private List<Integer> connections = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Turns of each party, of which the median counts (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "What one turn takes (${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      description =
          "Seconds between looks whether a party still gets faster while it warms up"
              + " (${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--floor-pool",
      defaultValue = "64",
      description = "Connections to PostgreSQL that a floor may open (${DEFAULT-VALUE}).")
  private int pool;

  @Option(
      names = "--users",
      defaultValue = "1000000",
      description = "Size of the large tenant (${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--fleet-seconds",
      defaultValue = "120",
      description = "For how long the fleet's rate is kept up (${DEFAULT-VALUE}).")
  private int fleetSeconds;

  @Option(names = "--check", description = "Fail when a target is missed.")
  private boolean check = Boolean.getBoolean("bench.check");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private final Path jar = Path.of(System.getProperty("engine.jar", "target/phonemos-scim.jar"));
  private final Path folder = Path.of(System.getProperty("bench.folder", "target/bench"));
  private final Screen screen = Screen.onStdout();

  /** Runs the benchmark; see the help for the exit status. */
  public static void main(String[] arguments) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%n");
    // Nobody would stop an orphan: Maven may have been killed.
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(FAILED)));
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    Arrays.stream(System.getProperty("bench.args", "").split("\\s+"))
        .filter(word -> !word.isEmpty())
        .forEach(all::add);
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(all.toArray(String[]::new)));
  }

  @Override
  public Integer call() throws Exception {
    screen.heading("Starting the engine on a durable PostgreSQL");
    try (LoadProcess load = new LoadProcess()) {
      Testbed bed = Testbed.start(jar.toAbsolutePath(), folder.toAbsolutePath(), screen);
      Machine machine = Machine.describe(bed.rows());
      screen.line("  " + machine);
      Report report = new Report(machine, measure(bed, load));
      Path json = folder.resolve("report.json");
      report.writeJson(json);
      screen.line("");
      screen.line("Also in " + json);
      return check && !report.allReached() ? MISSED : 0;
    } catch (IOException | IllegalStateException failure) {
      screen.line(String.valueOf(failure.getMessage()));
      return FAILED;
    }
  }

  private List<Findings> measure(Testbed bed, LoadProcess load) throws Exception {
    Rounds turns = new Rounds(load, screen, rounds, duration(seconds), duration(warmUp));
    List<Findings> all = new ArrayList<>();
    for (Name name : sections) {
      Findings findings = section(name).run(bed, turns);
      screen.heading(findings.title());
      screen.line("");
      screen.line(Report.table(findings));
      screen.line(Report.targets(findings.targets()));
      all.add(findings);
    }
    return all;
  }

  private Section section(Name name) {
    return switch (name) {
      case creates -> new CreateSection(connections, pool);
      case reads -> new ReadSection(screen, connections, pool);
      case members -> new MemberSection(screen);
      case push -> new PushSection(screen);
      case million -> new MillionSection(screen, users);
      case corpus -> new CorpusSection(screen);
      case explain -> new ExplainSection(screen);
      case fleet -> new FleetSection(screen, Duration.ofSeconds(fleetSeconds));
    };
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
