package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.store.DueKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Work that waits, by subject: the most urgent subject first, never two turns of one subject at a
 * time, and in a turn everything that waits for it.
 *
 * @param <W> a piece of work
 */
final class SubjectQueue<W> {
  private final Map<Subject, Waiting<W>> subjects = new HashMap<>();

  /** By urgency. May hold a subject twice, or one whose turn is over: only the first counts. */
  private final TreeMap<Integer, Queue<Subject>> order = new TreeMap<>();

  private int running;

  /** A user or a group. */
  record Subject(DueKind kind, UUID id) {}

  /**
   * @param urgency of the subject because of this work; the smallest is the most urgent
   * @param order among the works of a turn
   */
  record Ranked<W>(int urgency, int order, W work) {}

  /** All work of one subject, in order. */
  record Turn<W>(Subject subject, List<W> works) {}

  private static final class Waiting<W> {
    final List<Ranked<W>> works = new ArrayList<>();
    boolean running;
  }

  void add(Subject subject, Ranked<W> ranked) {
    Waiting<W> waiting = subjects.computeIfAbsent(subject, absent -> new Waiting<>());
    waiting.works.add(ranked);
    if (!waiting.running) {
      enqueue(subject, ranked.urgency);
    }
  }

  /** Starts the next turn; {@link #done} must end it. */
  Optional<Turn<W>> next() {
    while (!order.isEmpty()) {
      Queue<Subject> mostUrgent = order.firstEntry().getValue();
      Subject subject = mostUrgent.remove();
      if (mostUrgent.isEmpty()) {
        order.pollFirstEntry();
      }
      Optional<Turn<W>> turn = turn(subject);
      if (turn.isPresent()) {
        return turn;
      }
    }
    return Optional.empty();
  }

  void done(Turn<W> turn) {
    running--;
    Waiting<W> waiting = subjects.remove(turn.subject);
    if (waiting != null && !waiting.works.isEmpty()) {
      List<Ranked<W>> arrived = List.copyOf(waiting.works);
      arrived.forEach(ranked -> add(turn.subject, ranked));
    }
  }

  /** The urgency of what {@link #next} would start, or of a turn that is over already. */
  Optional<Integer> mostUrgent() {
    return order.isEmpty() ? Optional.empty() : Optional.of(order.firstKey());
  }

  /** Turns that have started and not ended. */
  int running() {
    return running;
  }

  /** Takes out all work that has not started. */
  List<W> clear() {
    List<W> taken = new ArrayList<>();
    for (Waiting<W> waiting : subjects.values()) {
      waiting.works.forEach(ranked -> taken.add(ranked.work));
      waiting.works.clear();
    }
    subjects.values().removeIf(waiting -> !waiting.running);
    order.clear();
    return taken;
  }

  private Optional<Turn<W>> turn(Subject subject) {
    Waiting<W> waiting = subjects.get(subject);
    if (waiting == null || waiting.running || waiting.works.isEmpty()) {
      return Optional.empty();
    }
    waiting.works.sort(Comparator.comparingInt(Ranked::order));
    List<W> works = waiting.works.stream().map(Ranked::work).toList();
    waiting.works.clear();
    waiting.running = true;
    running++;
    return Optional.of(new Turn<>(subject, works));
  }

  private void enqueue(Subject subject, int urgency) {
    order.computeIfAbsent(urgency, absent -> new ArrayDeque<>()).add(subject);
  }
}
