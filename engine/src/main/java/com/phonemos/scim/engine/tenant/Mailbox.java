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

  /** How many turns in a row another process held the tenant. */
  private int passedOver;

  Mailbox(int limit) {
    this.limit = limit;
  }

  /** False when the mailbox is full; the command was not taken. */
  boolean offer(Waiting command) {
    return waiting.size() < limit && waiting.offer(command);
  }

  /** Moves up to {@code most} commands to {@code batch}. */
  void take(int most, List<Waiting> batch) {
    for (int taken = 0; taken < most && !waiting.isEmpty(); taken++) {
      batch.add(waiting.remove());
    }
  }

  /** Back to the head, in the order in which they were taken. */
  void putBack(List<Waiting> commands) {
    commands.reversed().forEach(waiting::addFirst);
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
