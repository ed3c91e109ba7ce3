package com.phonemos.scim.idp.cycle;

import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does the same work for many objects, a bounded number at a time. */
public final class Workers {
  private final int parallel;
  private final Progress progress;

  /**
   * Workers for a cycle.
   *
   * @param parallel how many objects are worked on at the same time; with 1 the order of requests
   *     is that of the objects
   * @param progress told after every object
   */
  public Workers(int parallel, Progress progress) {
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * Works on every item in order and returns when all are done. An exception stops the others after
   * their present item and is thrown here.
   *
   * @param label the phase, for people
   * @param stopped asked before each item: true leaves the rest undone
   */
  public <T> void forEach(
      String label, Collection<T> items, BooleanSupplier stopped, Consumer<T> work) {
    if (items.isEmpty()) {
      return;
    }
    Feed<T> feed = new Feed<>(items.iterator());
    AtomicLong done = new AtomicLong();
    AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    Runnable worker =
        () -> {
          while (broken.get() == null && !stopped.getAsBoolean()) {
            T item = feed.next();
            if (item == null) {
              return;
            }
            try {
              work.accept(item);
            } catch (RuntimeException | Error bug) {
              broken.compareAndSet(null, bug);
              throw bug;
            }
            progress.advanced(label, done.incrementAndGet(), items.size());
          }
        };
    if (parallel == 1) {
      worker.run();
      return;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int count = Math.min(parallel, items.size());
      CompletableFuture<?>[] running = new CompletableFuture<?>[count];
      for (int i = 0; i < count; i++) {
        running[i] = CompletableFuture.runAsync(worker, threads);
      }
      CompletableFuture.allOf(running).join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw failure;
    }
  }

  /** Hands the items out, each once. */
  private static final class Feed<T> {
    private final Iterator<T> items;
    private final ReentrantLock lock = new ReentrantLock();

    Feed(Iterator<T> items) {
      this.items = items;
    }

    @Nullable T next() {
      lock.lock();
      try {
        return items.hasNext() ? items.next() : null;
      } finally {
        lock.unlock();
      }
    }
  }
}
