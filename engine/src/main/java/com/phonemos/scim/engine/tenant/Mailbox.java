package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The commands of one tenant that wait for their turn, in the order in which they came. */
final class Mailbox {
  /**
   * A command and where its answer goes.
   *
   * @param arrivedNanos {@link System#nanoTime} at arrival
   */
  record Waiting(Command command, Promise<Reply> reply, long arrivedNanos) {}

  private final int limit;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private int weight;

  /** How many turns in a row another process held the tenant. */
  private int passedOver;

  Mailbox(int limit) {
    this.limit = limit;
  }

  /** False when the mailbox is full; the command was not taken. */
  boolean offer(Waiting command) {
    boolean fits = weight < limit && waiting.offer(command);
    weight += fits ? command.command().weight() : 0;
    return fits;
  }

  /**
   * Moves commands to {@code batch} until they weigh as much as {@code most}; the last may weigh
   * more than is left.
   *
   * @return what they weigh
   */
  int take(int most, List<Waiting> batch) {
    int taken = 0;
    while (taken < most && !waiting.isEmpty()) {
      Waiting next = waiting.remove();
      taken += next.command().weight();
      batch.add(next);
    }
    weight -= taken;
    return taken;
  }

  /** Back to the head, in the order in which they were taken. */
  void putBack(List<Waiting> commands) {
    for (Waiting command : commands.reversed()) {
      waiting.addFirst(command);
      weight += command.command().weight();
    }
  }

  void passedOver() {
    passedOver++;
  }

  void served() {
    passedOver = 0;
  }

  int turnsPassedOver() {
    return passedOver;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }
}
