package com.phonemos.scim.engine.demo;

import com.phonemos.scim.engine.demo.CompanyRun.Outcome;
import com.phonemos.scim.engine.fixture.Holdings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The result for people. */
final class Table {
  private static final String ROW = "%-8s %-12s %10s → %8s → %8s   %s%n";
  private static final int DIFFERENCES_SHOWN = 30;

  private Table() {}

  /** Several lines. */
  static String of(List<Outcome> outcomes) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, ROW, "", "", "IdP", "SCIM", "Keycloak", ""));
    for (Outcome outcome : outcomes) {
      text.append(row(outcome.name(), "users", outcome, Holdings::users));
      text.append(row("", "active users", outcome, Holdings::active));
      text.append(row("", "groups", outcome, holdings -> holdings.groups().size()));
      text.append(row("", "memberships", outcome, Holdings::memberships));
      text.append(detail("differences", Integer.toString(outcome.differences().size())));
      text.append(
          detail(
              "push lag",
              outcome.lags().stream().map(Table::seconds).collect(Collectors.joining(", "))
                  + " after the initial cycle and two incremental ones"));
    }
    for (Outcome outcome : outcomes) {
      outcome.differences().stream()
          .limit(DIFFERENCES_SHOWN)
          .forEach(difference ->
              text.append(outcome.name()).append(": ").append(difference).append('\n'));
      int more = outcome.differences().size() - DIFFERENCES_SHOWN;
      if (more > 0) {
        text.append(outcome.name()).append(": and ").append(more).append(" more\n");
      }
    }
    return text.toString();
  }

  private static String row(
      String name, String what, Outcome outcome, ToLongFunction<Holdings> count) {
    long identityProvider = count.applyAsLong(outcome.identityProvider());
    long scim = count.applyAsLong(outcome.scim());
    long keycloak = count.applyAsLong(outcome.keycloak());
    return String.format(
        Locale.ROOT,
        ROW,
        name,
        what,
        number(identityProvider),
        number(scim),
        number(keycloak),
        identityProvider == scim && scim == keycloak ? "same" : "NOT THE SAME");
  }

  private static String detail(String what, String text) {
    return String.format(Locale.ROOT, "%-8s %-12s %s%n", "", what, text);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(Duration lag) {
    return String.format(Locale.ROOT, "%.1f s", lag.toMillis() / 1e3);
  }
}
