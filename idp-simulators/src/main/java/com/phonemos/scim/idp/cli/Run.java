package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.cycle.Problem;
import com.phonemos.scim.idp.verify.Difference;
import com.phonemos.scim.idp.verify.Expectation;
import com.phonemos.scim.idp.verify.UnreadableException;
import com.phonemos.scim.idp.verify.Verifier;
import java.io.PrintWriter;
import java.util.List;

/** Prints what happens in a run and remembers how it went. */
final class Run {
  private static final int SHOWN = 20;

  private final PrintWriter out;
  private long problems;

  Run(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints a report.
   *
   * @param counts whether its problems count, or are expected to heal
   */
  void report(CycleReport report, boolean counts) {
    problems += counts ? report.problemCount() : 0;
    out.println(report.summary());
    report.problems().stream().limit(SHOWN).map(Problem::toString).forEach(this::indented);
    if (report.problemCount() > SHOWN) {
      indented("… and " + (report.problemCount() - SHOWN) + " more");
    }
    out.flush();
  }

  /** Prints a line. */
  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Ends the run and returns its exit status. */
  int end(IdentityProvider provider, boolean verify) {
    line(provider.belief());
    if (provider.ailing()) {
      problems++;
      line("The identity provider still sees errors");
    }
    if (verify) {
      try {
        Expectation expected = provider.expected();
        List<Difference> differences = new Verifier(provider.client().endpoint()).verify(expected);
        line(
            "Verified: "
                + expected.users().size()
                + " users, "
                + expected.groups().size()
                + " groups, "
                + differences.size()
                + " differences");
        differences.stream().limit(SHOWN).map(Difference::toString).forEach(this::indented);
        if (!differences.isEmpty()) {
          return Main.DIFFERENCES;
        }
      } catch (UnreadableException unreadable) {
        line("Not verified: " + unreadable.getMessage());
        return Main.DIFFERENCES;
      }
    }
    return problems == 0 ? 0 : Main.PROBLEMS;
  }

  private void indented(String text) {
    out.println("    " + text);
  }
}
