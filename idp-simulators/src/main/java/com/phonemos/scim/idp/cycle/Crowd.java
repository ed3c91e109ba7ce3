package com.phonemos.scim.idp.cycle;

import com.phonemos.scim.idp.cycle.Feed.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Workers who wait for nobody: whoever is done takes the next item. */
final class Crowd implements Crew {
  private final int size;

  Crowd(int size) {
    this.size = size;
  }

  @Override
  public <T> void work(Feed<T> feed, BooleanSupplier stopped, Consumer<T> work, Runnable advanced) {
    Shift<T> shift = new Shift<>(feed, stopped, work, advanced);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        workers.add(threads.submit(shift::work));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException bug) {
      throw new IllegalStateException("A worker broke down", bug.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while at work", interrupted);
    }
  }

  private static final class Shift<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Feed<T> feed;
    private final BooleanSupplier stopped;
    private final Consumer<T> work;
    private final Runnable advanced;
    private boolean broken;

    Shift(Feed<T> feed, BooleanSupplier stopped, Consumer<T> work, Runnable advanced) {
      this.feed = feed;
      this.stopped = stopped;
      this.work = work;
      this.advanced = advanced;
    }

    void work() {
      boolean ended = false;
      try {
        for (Ticket<T> ticket = next(null); ticket != null; ticket = next(ticket)) {
          work.accept(ticket.item());
        }
        ended = true;
      } finally {
        if (!ended) {
          stop();
        }
      }
    }

    /** Hands an item back as done and takes the next; null when there is no more to do. */
    private @Nullable Ticket<T> next(@Nullable Ticket<T> done) {
      lock.lock();
      try {
        if (done != null) {
          feed.done(done);
          advanced.run();
          changed.signal();
        }
        while (!broken && !stopped.getAsBoolean() && !feed.empty()) {
          Optional<Ticket<T>> ticket = feed.next();
          if (ticket.isPresent()) {
            return ticket.get();
          }
          changed.awaitUninterruptibly();
        }
        changed.signalAll();
        return null;
      } finally {
        lock.unlock();
      }
    }

    private void stop() {
      lock.lock();
      try {
        broken = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
