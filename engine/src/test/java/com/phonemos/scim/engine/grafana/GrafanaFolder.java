package com.phonemos.scim.engine.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the folder {@code grafana}, read for tests. */
final class GrafanaFolder {
  private static final Path ROOT = Path.of("..", "grafana");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:scim|jvm|process|vertx|system)_[a-z0-9_]+");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

  private GrafanaFolder() {}

  /** One panel that asks Prometheus for something. */
  record Panel(String dashboard, JsonNode json) {
    String title() {
      return json.path("title").asText();
    }

    List<String> expressions() {
      List<String> all = new ArrayList<>();
      json.path("targets").forEach(target -> all.add(target.path("expr").asText()));
      return all;
    }

    @Override
    public String toString() {
      return dashboard + ": " + title();
    }
  }

  static Path path(String folder) {
    return ROOT.resolve(folder);
  }

  static List<Path> files(String folder, String ending) {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Without the ending. */
  static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
  }

  static JsonNode dashboard(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Of all dashboards, without rows and texts. */
  static List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    for (Path file : files("dashboards", ".json")) {
      for (JsonNode panel : dashboard(file).path("panels")) {
        if (panel.has("targets")) {
          panels.add(new Panel(name(file), panel));
        }
      }
    }
    return panels;
  }

  /** An expression as Grafana asks it, for one tenant and all engines. */
  static String asked(String expression, String tenant) {
    return expression
        .replace("$__rate_interval", "15s")
        .replace("$instance", ".*")
        .replace("$job", "phonemos-scim")
        .replace("$tenant", tenant);
  }

  static String alertRules() {
    return text(path("rules").resolve("alerts.yaml"));
  }

  /** Names of the alerts, each once. */
  static Set<String> alerts() {
    return find(ALERT, alertRules(), 1);
  }

  /** Names of the metrics in an expression, or in a file of them. */
  static Set<String> metrics(String expressions) {
    // Recorded series carry a colon, and are made of others; what stands behind "by" are labels.
    return find(
        METRIC,
        expressions
            .replaceAll("job:[a-z0-9_]+:[a-z0-9_]+", "")
            .replaceAll("\\b(by|on) \\([^)]*\\)", ""),
        0);
  }

  private static Set<String> find(Pattern pattern, String text, int group) {
    Set<String> found = new TreeSet<>();
    pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(group))
        .forEach(found::add);
    return found;
  }
}
