package com.phonemos.scim.conformance.replay;

import com.phonemos.scim.conformance.har.HarEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a small session that still shows a difference, by delta debugging (Zeller, Hildebrandt:
 * "Simplifying and Isolating Failure-Inducing Input", ddmin): no single entry of the result can be
 * left out.
 */
public final class Shrinker {
  /** Whether a session, played on a fresh tenant, shows the difference at its last entry. */
  @FunctionalInterface
  public interface Trial {
    boolean shows(List<HarEntry> session) throws IOException;
  }

  private final Trial trial;

  /** A shrinker with a way to try. */
  public Shrinker(Trial trial) {
    this.trial = trial;
  }

  /**
   * Shrinks what comes before an entry.
   *
   * @param prelude what was played before it
   * @param last the entry that shows the difference
   */
  public List<HarEntry> shrink(List<HarEntry> prelude, HarEntry last) throws IOException {
    List<HarEntry> kept = new ArrayList<>(prelude);
    int parts = 2;
    while (!kept.isEmpty()) {
      int size = Math.max(1, (kept.size() + parts - 1) / parts);
      boolean smaller = false;
      for (int from = 0; from < kept.size() && !smaller; from += size) {
        List<HarEntry> rest = new ArrayList<>(kept.subList(0, from));
        rest.addAll(kept.subList(Math.min(kept.size(), from + size), kept.size()));
        if (trial.shows(session(rest, last))) {
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

  private static List<HarEntry> session(List<HarEntry> prelude, HarEntry last) {
    List<HarEntry> session = new ArrayList<>(prelude);
    session.add(last);
    return session;
  }
}
