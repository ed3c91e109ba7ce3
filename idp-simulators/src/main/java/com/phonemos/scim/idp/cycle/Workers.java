package com.phonemos.scim.idp.cycle;

import com.phonemos.scim.idp.wire.ScimClient;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same work for many objects, a bounded number at a time. */
public final class Workers {
  private final Execution execution;
  private final Crew crew;

  /**
   * Workers whose requests go through this client. With one at a time, or interleaved by a seed,
   * the order of requests depends on nothing but the seed and the answers.
   */
  public Workers(Execution execution, ScimClient client) {
    this.execution = execution;
    if (execution.parallel() == 1) {
      this.crew = Crew.alone();
    } else if (execution.interleaving().isPresent()) {
      Rounds rounds = new Rounds(execution.parallel(), execution.interleaving().getAsLong());
      client.order(rounds);
      this.crew = rounds;
    } else {
      this.crew = new Crowd(execution.parallel());
    }
  }

  /**
   * Works on every item and returns when all are done. An exception stops the others after their
   * present item and is thrown here.
   *
   * @param label the phase, for people
   * @param stopped asked before each item: true leaves the rest undone
   */
  public <T> void forEach(
      String label, Collection<T> items, BooleanSupplier stopped, Consumer<T> work) {
    forEach(label, items, item -> label, Integer.MAX_VALUE, stopped, work);
  }

  /**
   * The same for items that belong to lanes, which take turns.
   *
   * @param laneOf an item's lane
   * @param perLane items of one lane worked on at the same time
   */
  public <T> void forEach(
      String label,
      Collection<T> items,
      Function<T, ?> laneOf,
      int perLane,
      BooleanSupplier stopped,
      Consumer<T> work) {
    int[] done = {0};
    crew.work(
        new Feed<>(items, laneOf, perLane),
        stopped,
        work,
        () -> execution.progress().advanced(label, ++done[0], items.size()));
  }
}
