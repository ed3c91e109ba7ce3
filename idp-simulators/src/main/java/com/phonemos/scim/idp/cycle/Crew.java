package com.phonemos.scim.idp.cycle;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Who works through a feed. */
interface Crew {
  /**
   * Works on what the feed hands out until it is empty.
   *
   * @param advanced called after each item, never by two threads at once
   */
  <T> void work(Feed<T> feed, BooleanSupplier stopped, Consumer<T> work, Runnable advanced);

  /** The caller, one item after the other. */
  static Crew alone() {
    return new Crew() {
      @Override
      public <T> void work(
          Feed<T> feed, BooleanSupplier stopped, Consumer<T> work, Runnable advanced) {
        while (!stopped.getAsBoolean()) {
          Optional<Feed.Ticket<T>> ticket = feed.next();
          if (ticket.isEmpty()) {
            return;
          }
          work.accept(ticket.get().item());
          feed.done(ticket.get());
          advanced.run();
        }
      }
    };
  }
}
