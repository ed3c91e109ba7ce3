package com.phonemos.scim.engine.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How long answers took: a file to look at, not a test, because machines differ. */
final class Latencies {
  private static final Path FILE = Path.of("target/corpus-latencies.tsv");

  private Latencies() {}

  static void record(String request, long nanos) {
    try {
      Files.writeString(
          FILE,
          "%.1f ms\t%.80s%n".formatted(nanos / 1e6, request),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
