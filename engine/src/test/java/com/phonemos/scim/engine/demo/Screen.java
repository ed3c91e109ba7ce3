package com.phonemos.scim.engine.demo;

import com.phonemos.scim.idp.cycle.Progress;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** What people see: lines, and one that shows how far something is. Safe for all threads. */
final class Screen {
  private static final int WIDTH = 30;
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration NEXT_LINE = Duration.ofSeconds(1);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private String shown = "";
  private long shownAt = System.nanoTime();

  private Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A bar that moves on a terminal; elsewhere a line per second, as a log file wants it. */
  static Screen onStdout() {
    // Without this, newer platforms hand out a console even where there is no terminal.
    System.setProperty("jdk.console", "java.base");
    return new Screen(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8), System.console() != null);
  }

  /** Prints a line, or several. */
  synchronized void line(String text) {
    if (terminal && !shown.isEmpty()) {
      out.print(CLEAR_LINE);
    }
    shown = "";
    out.println(text);
    out.flush();
  }

  /** Prints what comes next. */
  synchronized void heading(String text) {
    line("");
    line(terminal ? "\u001b[1m" + text + "\u001b[0m" : text);
  }

  /** The progress of a named party. */
  Progress progress(String who) {
    return (label, done, total) -> advanced(who + ": " + label, done, total);
  }

  /** Shows that something is being waited for; to be called again and again. */
  synchronized void waiting(String what, Duration since) {
    show(what, String.format(Locale.ROOT, "  %s, %d s", what, since.toSeconds()));
  }

  /** Shows how far something is. */
  synchronized void advanced(String what, long done, long total) {
    if (terminal) {
      int filled = (int) (WIDTH * done / Math.max(1, total));
      String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
      show(what, String.format(Locale.ROOT, "  %-28s [%s] %,d/%,d", what, bar, done, total));
    } else {
      show(what, String.format(Locale.ROOT, "  %s %,d/%,d", what, done, total));
    }
  }

  private void show(String what, String text) {
    long now = System.nanoTime();
    Duration pause = terminal ? REDRAW : NEXT_LINE;
    if (what.equals(shown) && now - shownAt < pause.toNanos()) {
      return;
    }
    boolean first = !what.equals(shown);
    shown = what;
    // A log file wants no line about what takes less than a second.
    if (terminal || !first) {
      out.print(terminal ? CLEAR_LINE + text : text + System.lineSeparator());
      out.flush();
    }
    shownAt = now;
  }
}
