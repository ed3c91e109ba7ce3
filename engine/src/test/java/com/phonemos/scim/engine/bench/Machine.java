package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.fixture.Rows;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the figures come from.
 *
 * @param processors that client, engine, PostgreSQL and Keycloak share
 * @param settings of PostgreSQL that decide what a commit is worth, as the server says
 */
record Machine(
    String cpu,
    int processors,
    long memoryGiB,
    String system,
    String java,
    String postgresql,
    Map<String, String> settings) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private static final String SETTINGS =
      """
      SELECT name || '=' || setting FROM pg_settings
      WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums',
                     'shared_buffers', 'max_connections')
      """;

  /**
   * Asks the system and the server.
   *
   * @throws IllegalStateException when a commit is not durable: then no figure means anything
   */
  static Machine describe(Rows rows) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String setting : rows.texts(SETTINGS)) {
      String[] parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    for (String name : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      if (!"on".equals(settings.get(name))) {
        throw new IllegalStateException(
            "Expected " + name + " to be on, but it is " + settings.get(name));
      }
    }
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(memoryBytes() / (double) (1L << 30)),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        rows.texts("SHOW server_version").getFirst(),
        settings);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d processors (%s), %d GiB, %s, Java %s, PostgreSQL %s with %s",
        processors,
        cpu,
        memoryGiB,
        system,
        java,
        postgresql,
        settings);
  }

  private static String cpuModel() throws IOException {
    return Files.exists(CPU_INFO)
        ? Files.readAllLines(CPU_INFO).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"))
        : System.getProperty("os.arch");
  }

  private static long memoryBytes() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
