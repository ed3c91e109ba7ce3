package com.phonemos.scim.idp.cycle;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hands items out, each once: lanes take turns, and none has more than its share under way. Not
 * thread-safe.
 */
final class Feed<T> {
  private final Deque<Lane<T>> turns = new ArrayDeque<>();
  private final int perLane;

  private static final class Lane<T> {
    private final Deque<T> items = new ArrayDeque<>();
    private int underWay;
  }

  /** An item under way. */
  record Ticket<T>(T item, Lane<T> lane) {}

  Feed(Collection<T> items, Function<T, ?> laneOf, int perLane) {
    this.perLane = perLane;
    Map<Object, Lane<T>> lanes = new LinkedHashMap<>();
    items.forEach(
        item -> lanes.computeIfAbsent(laneOf.apply(item), key -> new Lane<>()).items.add(item));
    turns.addAll(lanes.values());
  }

  /** The next item that may be worked on now. */
  Optional<Ticket<T>> next() {
    for (int i = turns.size(); i > 0; i--) {
      Lane<T> lane = turns.remove();
      if (!lane.items.isEmpty()) {
        turns.add(lane);
        if (lane.underWay < perLane) {
          lane.underWay++;
          return Optional.of(new Ticket<>(lane.items.remove(), lane));
        }
      }
    }
    return Optional.empty();
  }

  /** An item is done. */
  void done(Ticket<T> ticket) {
    ticket.lane().underWay--;
  }

  /** Whether there is nothing left to hand out, now or later. */
  boolean empty() {
    return turns.stream().allMatch(lane -> lane.items.isEmpty());
  }
}
