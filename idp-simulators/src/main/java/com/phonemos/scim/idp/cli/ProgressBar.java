package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** One line that is drawn over and over, at most some ten times a second. */
final class ProgressBar implements Progress {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintWriter out;
  private long drawnAt = System.nanoTime() - REDRAW_NANOS;
  private String drawnLabel = "";

  ProgressBar(PrintWriter out) {
    this.out = out;
  }

  /** A bar on a terminal, nothing elsewhere: a log file has no use for it. */
  @SuppressWarnings("SystemConsoleNull") // The property brings the null back.
  static Progress onTerminal(PrintWriter out) {
    // Without this, newer platforms hand out a console even where there is no terminal.
    System.setProperty("jdk.console", "java.base");
    boolean terminal = System.console() != null;
    return terminal ? new ProgressBar(out) : Progress.none();
  }

  @Override
  public synchronized void advanced(String label, long done, long total) {
    long now = System.nanoTime();
    boolean last = done == total;
    if (!last && label.equals(drawnLabel) && now - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = now;
    drawnLabel = label;
    int filled = (int) (WIDTH * done / Math.max(1, total));
    out.print(
        String.format(
            Locale.ROOT,
            "\r%-12s [%s%s] %,d/%,d ",
            label,
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            done,
            total));
    if (last) {
      out.println();
    }
    out.flush();
  }
}
