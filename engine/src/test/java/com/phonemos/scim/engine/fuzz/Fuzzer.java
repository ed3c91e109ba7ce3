package com.phonemos.scim.engine.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jazzer, one process per target, at the lowest priority, so that they take only what the tests
 * beside them leave. They start with what the bad-input corpus and the dialects hold.
 */
enum Fuzzer {
  FILTER("com.phonemos.scim.engine.fuzz.FilterFuzz", "filter=([^&\\n]+)", true),
  PATCH_PATH(
      "com.phonemos.scim.engine.fuzz.PatchPathFuzz",
      "\"path\" ?: ?\"((?:[^\"\\\\]|\\\\.)*)\"",
      false),
  BODY("com.phonemos.scim.engine.fuzz.BodyFuzz", "^(\\{.*\\})$", false),
  CURSOR("com.phonemos.scim.engine.http.CursorFuzz", "cursor=([^&\\n]+)", true);

  private static final Path FOLDER = Path.of("target/fuzz");
  private static final int LONGEST_SEED = 4_096;
  private static final Map<Fuzzer, Process> RUNNING = new EnumMap<>(Fuzzer.class);

  private final String target;
  private final Pattern seed;
  private final boolean percentEncoded;

  Fuzzer(String target, String seed, boolean percentEncoded) {
    this.target = target;
    this.seed = Pattern.compile(seed, Pattern.MULTILINE);
    this.percentEncoded = percentEncoded;
  }

  /** How long each target is fuzzed: {@code -Dfuzz.seconds=28800} for a night. */
  static int seconds() {
    return Math.max(1, Integer.getInteger("fuzz.seconds", 60));
  }

  /** Runs, from now on at the latest. */
  Process start() {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(this, Fuzzer::launch);
    }
  }

  /** What the fuzzer said, its listing of loaded classes left out. */
  String report() throws IOException {
    try (Stream<String> lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
      List<String> said =
          lines
              .filter(line -> !line.startsWith("INFO: ") && !line.startsWith("WARNING: "))
              .toList();
      return String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size()));
    }
  }

  private Path folder() {
    return FOLDER.resolve(name().toLowerCase(Locale.ROOT));
  }

  private Path log() {
    return folder().resolve("log.txt");
  }

  private Process launch() {
    try {
      Path seeds = writeSeeds();
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "com.code_intelligence.jazzer.Jazzer",
                  "--target_class=" + target,
                  "--instrumentation_includes=com.phonemos.scim.engine.**",
                  "--custom_hook_includes=com.phonemos.scim.engine.**",
                  "-max_total_time=" + seconds(),
                  "-max_len=" + LONGEST_SEED,
                  "-timeout=60",
                  "-print_final_stats=1",
                  "-artifact_prefix=" + folder().toAbsolutePath() + "/",
                  seeds.toAbsolutePath().toString()));
      if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
        command.addAll(0, List.of("/usr/bin/nice", "-n", "19"));
      }
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log().toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return process;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path writeSeeds() throws IOException {
    Path seeds = Files.createDirectories(folder().resolve("corpus"));
    int number = 0;
    for (String folder : List.of("corpus", "dialects")) {
      try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
        for (Path file : files.sorted().toList()) {
          Matcher matcher = seed.matcher(Files.readString(file));
          while (matcher.find()) {
            String text = matcher.group(1);
            if (text.length() <= LONGEST_SEED && !text.contains("«")) {
              Files.writeString(seeds.resolve("seed-" + ++number), decoded(text));
            }
          }
        }
      }
    }
    return seeds;
  }

  private String decoded(String text) {
    try {
      return percentEncoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }
}
