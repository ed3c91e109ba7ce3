package com.phonemos.scim.idp.cycle;

import com.phonemos.scim.idp.cycle.Feed.Ticket;
import com.phonemos.scim.idp.wire.SendOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Workers whose requests go out in rounds: when everyone at work has a request ready or is done,
 * all that are ready are sent at once, in an order that a seed decides. So requests are as
 * concurrent as with {@link Crowd}, and yet the same run sends the same requests in the same order.
 *
 * <pre>
 * worker 1   ──ready┐        ┌─answer──ready┐        ┌─
 * worker 2   ─ready─┤ 2,3,1  ├──answer─ready┤ 1,3,2  ├─
 * worker 3   ──ready┘        └answer──ready─┘        └─
 * </pre>
 */
final class Rounds implements Crew, SendOrder {
  private final int size;
  private final Random random;
  private final ThreadLocal<@Nullable Integer> self = new ThreadLocal<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final Map<Integer, Runnable> ready = new TreeMap<>();
  private final List<Integer> finished = new ArrayList<>();
  private int thinking;

  Rounds(int size, long seed) {
    this.size = size;
    this.random = new Random(seed);
  }

  /** Called by a worker; anybody else's request goes out at once. */
  @Override
  public void ready(Runnable emission) {
    Integer number = self.get();
    if (number == null) {
      emission.run();
      return;
    }
    locked(() -> {
      ready.put(number, emission);
      thinking--;
      settled.signal();
    });
  }

  @Override
  public <T> void work(Feed<T> feed, BooleanSupplier stopped, Consumer<T> work, Runnable advanced) {
    AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    Map<Integer, Ticket<T>> underWay = new TreeMap<>();
    int number = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      do {
        while (underWay.size() < size && broken.get() == null && !stopped.getAsBoolean()) {
          Optional<Ticket<T>> next = feed.next();
          if (next.isEmpty()) {
            break;
          }
          int me = number++;
          T item = next.get().item();
          underWay.put(me, next.get());
          locked(() -> thinking++);
          threads.execute(() -> run(me, () -> work.accept(item), broken));
        }
        List<Integer> gone = settle();
        for (int done : gone) {
          Optional.ofNullable(underWay.remove(done)).ifPresent(feed::done);
          advanced.run();
        }
        // The places of those who are done are filled before the next round.
        if (gone.isEmpty()) {
          send();
        }
      } while (!underWay.isEmpty()
          || !(feed.empty() || stopped.getAsBoolean() || broken.get() != null));
    }
    Throwable bug = broken.get();
    if (bug != null) {
      throw new IllegalStateException("A worker broke down", bug);
    }
  }

  private void run(int number, Runnable work, AtomicReference<@Nullable Throwable> broken) {
    self.set(number);
    try {
      work.run();
    } catch (RuntimeException | Error bug) {
      broken.compareAndSet(null, bug);
    } finally {
      locked(() -> {
        finished.add(number);
        thinking--;
        settled.signal();
      });
    }
  }

  /** Waits until nobody is thinking; returns who is done. */
  private List<Integer> settle() {
    lock.lock();
    try {
      while (thinking > 0) {
        settled.awaitUninterruptibly();
      }
      List<Integer> gone = finished.stream().sorted().toList();
      finished.clear();
      return gone;
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    List<Runnable> round = new ArrayList<>();
    locked(() -> {
      round.addAll(ready.values());
      ready.clear();
      thinking = round.size();
    });
    Collections.shuffle(round, random);
    round.forEach(Runnable::run);
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }
}
