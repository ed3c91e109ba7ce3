package com.phonemos.scim.conformance.replay;

import com.phonemos.scim.conformance.har.HarEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds a small session that still shows a difference, by delta debugging (Zeller, Hildebrandt:
 * "Simplifying and Isolating Failure-Inducing Input", ddmin): no single entry of the result can be
 * left out.
 */
public final class Shrinker {
  /** Plays a session on a fresh tenant. */
  @FunctionalInterface
  public interface Trial {
    List<Difference> differences(List<HarEntry> session) throws IOException;
  }

  private final Trial trial;

  /** A shrinker with a way to try. */
  public Shrinker(Trial trial) {
    this.trial = trial;
  }

  /**
   * Shrinks a session to what shows one of its differences.
   *
   * @param found all differences of the session
   * @param target the one that is to be kept
   */
  public List<HarEntry> shrink(List<HarEntry> session, List<Difference> found, Difference target)
      throws IOException {
    HarEntry last = session.get(target.entry() - 1);
    Predicate<List<Difference>> shown = sameAs(target, outcome(found, target.entry()));
    List<HarEntry> kept = new ArrayList<>(session.subList(0, target.entry() - 1));
    int parts = 2;
    while (!kept.isEmpty()) {
      int size = Math.max(1, (kept.size() + parts - 1) / parts);
      boolean smaller = false;
      for (int from = 0; from < kept.size() && !smaller; from += size) {
        List<HarEntry> rest = new ArrayList<>(kept.subList(0, from));
        rest.addAll(kept.subList(Math.min(kept.size(), from + size), kept.size()));
        List<HarEntry> candidate = session(rest, last);
        int end = candidate.size();
        List<Difference> now =
            trial.differences(candidate).stream().filter(each -> each.entry() == end).toList();
        if (shown.test(now)) {
          kept = rest;
          parts = Math.max(2, parts - 1);
          smaller = true;
        }
      }
      if (!smaller && size == 1) {
        break;
      }
      if (!smaller) {
        parts = Math.min(kept.size(), parts * 2);
      }
    }
    return session(kept, last);
  }

  /** At the same place, of an answer that ended alike: a 404 lacks every member, for one. */
  private static Predicate<List<Difference>> sameAs(Difference target, Optional<String> outcome) {
    return now ->
        now.stream().anyMatch(each -> each.place().equals(target.place()))
            && now.stream()
                .filter(Shrinker::status)
                .map(Difference::live)
                .findFirst()
                .equals(outcome);
  }

  private static Optional<String> outcome(List<Difference> found, int entry) {
    return found.stream()
        .filter(each -> each.entry() == entry && status(each))
        .map(Difference::live)
        .findFirst();
  }

  private static boolean status(Difference difference) {
    return difference.place().equals("status");
  }

  private static List<HarEntry> session(List<HarEntry> prelude, HarEntry last) {
    List<HarEntry> session = new ArrayList<>(prelude);
    session.add(last);
    return session;
  }
}
