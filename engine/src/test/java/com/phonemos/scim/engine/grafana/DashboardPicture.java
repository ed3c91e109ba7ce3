package com.phonemos.scim.engine.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.grafana.PrometheusServer.Series;
import com.phonemos.scim.engine.grafana.PrometheusServer.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A dashboard as it looks, roughly, without a Grafana: one SVG of what Prometheus answers. */
final class DashboardPicture {
  private static final int COLUMN = 50;
  private static final int ROW = 36;
  private static final int GAP = 6;
  private static final int LEGENDS = 6;
  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
  private static final List<String> COLORS =
      List.of("#3274d9", "#e0752d", "#56a64b", "#e02f44", "#8f3bb8", "#b7a300");

  private final PrometheusServer prometheus;
  private final String tenant;
  private final long seconds;
  private final StringBuilder svg = new StringBuilder();

  /** What is drawn in a panel, and how it is called. */
  private record Line(String name, List<Double> numbers) {}

  DashboardPicture(PrometheusServer prometheus, String tenant, long seconds) {
    this.prometheus = prometheus;
    this.tenant = tenant;
    this.seconds = seconds;
  }

  /** Draws a dashboard into a folder; answers the file. */
  Path draw(Path dashboard, Path folder) {
    JsonNode json = GrafanaFolder.dashboard(dashboard);
    int rows = 0;
    for (JsonNode panel : json.path("panels")) {
      rows = Math.max(rows, panel.at("/gridPos/y").asInt() + panel.at("/gridPos/h").asInt());
    }
    svg.setLength(0);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\"><rect width=\"100%%\" height=\"100%%\""
            + " fill=\"#f4f5f5\"/>",
        24 * COLUMN, rows * ROW + 40);
    text(GAP, 26, 18, "#222", json.path("title").asText());
    json.path("panels").forEach(this::panel);
    add("</svg>%n");
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(json.path("uid").asText() + ".svg"), svg.toString());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void panel(JsonNode panel) {
    int x = panel.at("/gridPos/x").asInt() * COLUMN + GAP / 2;
    int y = panel.at("/gridPos/y").asInt() * ROW + 40;
    int width = panel.at("/gridPos/w").asInt() * COLUMN - GAP;
    int height = panel.at("/gridPos/h").asInt() * ROW - GAP;
    if (panel.path("type").asText().equals("row")) {
      text(x + GAP, y + 20, 14, "#222", panel.path("title").asText());
      return;
    }
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#fff\" stroke=\"#d8d9da\"/>",
        x, y, width, height);
    text(x + GAP, y + 18, 12, "#333", panel.path("title").asText());
    String unit = panel.at("/fieldConfig/defaults/unit").asText();
    switch (panel.path("type").asText()) {
      case "stat" -> stat(panel, unit, x, y, width, height);
      case "table" -> table(panel, unit, x, y, height);
      case "timeseries" -> lines(panel, unit, x, y, width, height);
      default -> text(x + GAP, y + 40, 12, "#666", panel.at("/options/content").asText());
    }
  }

  private void stat(JsonNode panel, String unit, int x, int y, int width, int height) {
    List<Value> values =
        prometheus.query(GrafanaFolder.asked(panel.at("/targets/0/expr").asText(), tenant));
    String number = values.isEmpty() ? "no data" : number(values.getFirst().number(), unit);
    add(
        "<text x=\"%d\" y=\"%d\" font-size=\"28\" text-anchor=\"middle\""
            + " fill=\"#37872d\">%s</text>",
        x + width / 2, y + height / 2 + 18, number);
  }

  private void table(JsonNode panel, String unit, int x, int y, int height) {
    int line = y + 40;
    for (JsonNode target : panel.path("targets")) {
      for (Value value :
          prometheus.query(GrafanaFolder.asked(target.path("expr").asText(), tenant))) {
        if (line < y + height - GAP) {
          text(
              x + GAP,
              line,
              12,
              "#333",
              name(target, value.labels()) + "  " + number(value.number(), unit));
          line += 18;
        }
      }
    }
  }

  private void lines(JsonNode panel, String unit, int x, int y, int width, int height) {
    List<Line> lines = new ArrayList<>();
    for (JsonNode target : panel.path("targets")) {
      for (Series series :
          prometheus.range(GrafanaFolder.asked(target.path("expr").asText(), tenant), seconds)) {
        lines.add(new Line(name(target, series.labels()), series.numbers()));
      }
    }
    double top =
        lines.stream()
            .flatMap(line -> line.numbers().stream())
            .filter(Double::isFinite)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    int left = x + 60;
    int bottom = y + height - 30;
    int inner = height - 66;
    add(
        "<path d=\"M%d %dH%dM%d %dH%d\" stroke=\"#e5e5e5\"/>",
        left, bottom, x + width - GAP, left, bottom - inner, x + width - GAP);
    text(x + GAP, bottom - inner + 4, 11, "#777", number(top, unit));
    text(x + GAP, bottom + 4, 11, "#777", "0");
    int legend = left;
    for (int i = 0; i < lines.size(); i++) {
      String color = COLORS.get(i % COLORS.size());
      polyline(lines.get(i), color, left, bottom, x + width - GAP - left, inner, top);
      if (i < LEGENDS && legend < x + width - 60) {
        text(legend, y + height - 8, 11, color, lines.get(i).name());
        legend += 12 + 7 * lines.get(i).name().length();
      }
    }
  }

  private void polyline(
      Line line, String color, int left, int bottom, int width, int height, double top) {
    List<Double> numbers = line.numbers();
    add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"", color);
    // Series that began later end at the right edge, too.
    long missing = seconds + 1 - numbers.size();
    for (int i = 0; i < numbers.size(); i++) {
      if (Double.isFinite(numbers.get(i))) {
        add(
            "%.1f,%.1f ",
            left + (missing + i) * width / (double) seconds,
            bottom - (top == 0 ? 0 : numbers.get(i) / top * height));
      }
    }
    add("\"/>");
  }

  private static String name(JsonNode target, JsonNode labels) {
    String format = target.path("legendFormat").asText();
    if (!format.isEmpty() && !format.equals("__auto")) {
      return LABEL.matcher(format).replaceAll(match -> labels.path(match.group(1)).asText());
    }
    List<String> values = new ArrayList<>();
    labels.forEach(value -> values.add(value.asText()));
    return String.join(" ", values);
  }

  private static String number(double number, String unit) {
    return switch (unit) {
      case "percentunit" -> String.format(Locale.ROOT, "%.2f %%", number * 100);
      case "s" ->
          number < 1
              ? String.format(Locale.ROOT, "%.1f ms", number * 1_000)
              : String.format(Locale.ROOT, "%.1f s", number);
      case "reqps", "ops" -> String.format(Locale.ROOT, "%.1f/s", number);
      default -> String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f" : "%.2f", number);
    };
  }

  private void text(int x, int y, int size, String color, String text) {
    add(
        "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\">%s</text>",
        x, y, size, color, text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
