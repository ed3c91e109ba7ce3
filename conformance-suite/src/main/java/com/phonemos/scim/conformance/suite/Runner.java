package com.phonemos.scim.conformance.suite;

import com.phonemos.scim.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Runs cases one after the other. No case can stop the run. */
public final class Runner {
  private final Server server;
  private final RandomGenerator random;
  private final Listener listener;

  /** Told of every result as it comes. */
  @FunctionalInterface
  public interface Listener {
    void finished(CaseResult result);
  }

  /**
   * A runner against one server.
   *
   * @param random makes the names that the cases use
   */
  public Runner(Server server, RandomGenerator random, Listener listener) {
    this.server = server;
    this.random = random;
    this.listener = listener;
  }

  /** Runs them all. */
  public List<CaseResult> run(List<Case> cases) {
    long origin = System.nanoTime();
    List<CaseResult> results = new ArrayList<>();
    for (Case one : cases) {
      CaseResult result = run(one, origin);
      listener.finished(result);
      results.add(result);
    }
    return results;
  }

  private CaseResult run(Case one, long origin) {
    long started = System.nanoTime();
    if (!server.offers(one.needs())) {
      return new CaseResult(one, skipped(one), List.of(), started - origin, 0);
    }
    String tag = "t" + Long.toString(random.nextLong() >>> 24, 36);
    Scim scim = new Scim(server, tag);
    Verdict verdict = verdict(one, scim);
    long nanos = System.nanoTime() - started;
    CaseResult result = new CaseResult(one, verdict, scim.exchanges(), started - origin, nanos);
    scim.cleanUp();
    return result;
  }

  private static Verdict verdict(Case one, Scim scim) {
    try {
      one.body().run(scim);
    } catch (Unmet unmet) {
      return unmet(one.level(), unmet);
    } catch (RuntimeException surprise) {
      return unmet(one.level(), new Unmet("an answer that can be read", surprise.toString()));
    }
    if (!scim.remarks().isEmpty()) {
      Unmet first = scim.remarks().getFirst();
      return unmet(one.level() == Level.MAY ? Level.MAY : Level.SHOULD, first);
    }
    return one.level() == Level.MAY && !scim.observations().isEmpty()
        ? new Verdict.Informational(scim.observations())
        : new Verdict.Pass();
  }

  private static Verdict unmet(Level level, Unmet unmet) {
    return switch (level) {
      case MUST -> new Verdict.Fail(unmet.expected(), unmet.actual());
      case SHOULD -> new Verdict.NonStrict(unmet.expected(), unmet.actual());
      case MAY -> new Verdict.Informational("not " + unmet.expected() + ": " + unmet.actual());
    };
  }

  private Verdict skipped(Case one) {
    Set<Feature> missing = EnumSet.copyOf(one.needs());
    missing.removeAll(server.features());
    return new Verdict.Skipped(
        "needs "
            + missing.stream()
                .map(feature -> feature.key() + " (" + feature.evidence() + ")")
                .collect(Collectors.joining(", ")));
  }
}
