package com.phonemos.scim.engine.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** One line that tells how far long work is; only where somebody watches. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 60;

  private final PrintWriter err;
  private final boolean watched;

  @SuppressWarnings("SystemConsoleNull") // The property brings the null back.
  Progress(PrintWriter err) {
    this.err = err;
    // Without this, newer platforms hand out a console even where there is no terminal.
    System.setProperty("jdk.console", "java.base");
    this.watched = System.console() != null;
  }

  void show(String what, long count) {
    if (watched) {
      line(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }

  private void line(String text) {
    err.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
    err.flush();
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (watched) {
      line("");
      err.print("\r");
      err.flush();
    }
  }
}
