package com.phonemos.scim.conformance.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** One line that is drawn over and over, at most some ten times a second; only on a terminal. */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintWriter out;
  private final boolean visible;
  private long drawnAt;

  private ProgressBar(PrintWriter out, boolean visible) {
    this.out = out;
    this.visible = visible;
    this.drawnAt = System.nanoTime() - REDRAW_NANOS;
  }

  static ProgressBar on(PrintWriter out) {
    return new ProgressBar(out, terminal());
  }

  /** Whether a person is watching. */
  @SuppressWarnings("SystemConsoleNull") // The property brings the null back.
  static boolean terminal() {
    // Without this, newer platforms hand out a console even where there is no terminal.
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }

  synchronized void advanced(long done, long total, String label) {
    long now = System.nanoTime();
    if (!visible || (done < total && now - drawnAt < REDRAW_NANOS)) {
      return;
    }
    drawnAt = now;
    int filled = (int) (WIDTH * Math.min(done, total) / Math.max(1, total));
    out.print(
        String.format(
            Locale.ROOT,
            "\r\033[K[%s%s] %,d/%,d %s",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            done,
            total,
            label.length() > 40 ? label.substring(0, 40) : label));
    if (done >= total) {
      out.print("\r\033[K");
    }
    out.flush();
  }
}
