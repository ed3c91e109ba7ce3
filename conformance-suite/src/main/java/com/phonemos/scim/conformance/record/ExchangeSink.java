package com.phonemos.scim.conformance.record;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.har.Redaction;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Redacts and writes exchanges on a thread of its own, in the order their answers ended. What comes
 * faster than the disk takes it is counted, never waited for: the traffic goes first.
 */
public final class ExchangeSink implements AutoCloseable {
  private static final int WAITING = 20_000;
  private static final long PATIENCE_SECONDS = 60;

  private final HarWriter archive;
  private final Redaction redaction;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final ExecutorService writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> {
            Thread thread = new Thread(task, "har-writer");
            thread.setDaemon(true);
            return thread;
          });

  /** A sink into an archive, which is closed together with it. */
  public ExchangeSink(HarWriter archive, Redaction redaction) {
    this.archive = archive;
    this.redaction = redaction;
  }

  /** Takes one exchange. */
  public void exchanged(HarEntry entry) {
    try {
      writer.execute(() -> write(entry));
    } catch (RejectedExecutionException full) {
      lost.incrementAndGet();
    }
  }

  private void write(HarEntry entry) {
    try {
      archive.write(redaction.redacted(entry));
      written.incrementAndGet();
    } catch (IOException full) {
      lost.incrementAndGet();
    }
  }

  /** Exchanges in the archive. */
  public long written() {
    return written.get();
  }

  /** Exchanges that are not in the archive. */
  public long lost() {
    return lost.get();
  }

  /** Writes what waits and closes the archive. */
  @Override
  public void close() throws IOException {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("Expected the archive to be written, but the disk does not follow");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    archive.close();
  }
}
