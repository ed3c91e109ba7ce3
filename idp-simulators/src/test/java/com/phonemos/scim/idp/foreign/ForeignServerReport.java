package com.phonemos.scim.idp.foreign;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Problem;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Simulator;
import com.phonemos.scim.idp.scenario.Story;
import com.phonemos.scim.idp.verify.Difference;
import com.phonemos.scim.idp.verify.UnreadableException;
import com.phonemos.scim.idp.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A working day of every simulator against a foreign server: what the identity provider complains
 * of, and where the server differs from the directory afterwards, as a Markdown table.
 */
public final class ForeignServerReport {
  private static final CompanySpec SPEC = new CompanySpec(7, 40, 5, 2);

  private ForeignServerReport() {}

  /**
   * Prints the table and fails if the README shows another one.
   *
   * @param arguments the folder of the server and the README
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%n");
    Path folder = Path.of(arguments[0]);
    List<String> rows =
        new ArrayList<>(
            List.of(
                "| Simulator | Requests | It complains of | Afterwards |", "|---|---|---|---|"));
    for (Simulator simulator : Simulator.values()) {
      try (ForeignServer server = ForeignServer.start(folder)) {
        rows.add(row(simulator, server));
      }
    }
    String table = String.join("\n", rows);
    System.out.println(table);
    if (!Files.readString(Path.of(arguments[1])).contains(table)) {
      System.err.println("Expected the README to show this table, but it shows another one.");
      System.exit(1);
    }
  }

  private static String row(Simulator simulator, ForeignServer server) {
    List<CycleReport> reports = new ArrayList<>();
    Directory directory = new Directory(Company.generate(SPEC));
    try (IdentityProvider provider = simulator.connect(server.endpoint(), directory)) {
      new Story(provider, SPEC, reports::add).tell(Scenario.DAY);
      long requests = reports.stream().mapToLong(CycleReport::requestCount).sum();
      String complaints =
          kinds(reports.stream().flatMap(report -> report.problems().stream()).map(Problem::what));
      return "| %s | %d | %s | %s |"
          .formatted(name(simulator), requests, complaints, differences(server, provider));
    }
  }

  private static String name(Simulator simulator) {
    return simulator.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String differences(ForeignServer server, IdentityProvider provider) {
    try {
      return kinds(
          new Verifier(server.endpoint())
              .verify(provider.expected()).stream().map(Difference::what));
    } catch (UnreadableException unreadable) {
      return String.valueOf(unreadable.getMessage());
    }
  }

  /** How often what was said, values and names left out. */
  private static String kinds(Stream<String> lines) {
    Map<String, Long> kinds =
        lines
            .map(line -> line.replaceAll("\"[^\"]*\"|'[^']*'", "…").replaceAll("[\\w-]{36}", "…"))
            .map(line -> line.replaceAll("member \\S+", "member …"))
            .collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()));
    return kinds.isEmpty()
        ? "nothing"
        : kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " × " + kind.getKey())
            .collect(Collectors.joining("; "));
  }
}
