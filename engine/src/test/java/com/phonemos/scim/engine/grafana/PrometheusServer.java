package com.phonemos.scim.engine.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.phonemos.scim.engine.fixture.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A real Prometheus with the rules of the folder {@code grafana}, that looks every second. */
final class PrometheusServer implements AutoCloseable {
  /** Has to be installed. */
  static final String PROGRAM = "prometheus";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = Ports.free();
  private final Process process;

  /** A number, and what it is of. */
  record Value(JsonNode labels, double number) {}

  /** Numbers, and what they are of. */
  record Series(JsonNode labels, List<Double> numbers) {}

  private PrometheusServer(Path folder, URI metrics) throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ["%s/*.yaml"]
        scrape_configs:
          - job_name: phonemos-scim
            metrics_path: %s
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(
                GrafanaFolder.path("rules").toAbsolutePath().normalize(),
                metrics.getPath(),
                metrics.getAuthority()));
    this.process =
        new ProcessBuilder(
                PROGRAM,
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("series"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
  }

  /** Looks at an engine from now on. */
  static PrometheusServer watching(Path folder, URI metrics) {
    try {
      return new PrometheusServer(folder, metrics);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What an expression is at this moment; nothing while Prometheus does not answer. */
  List<Value> query(String expression) {
    List<Value> values = new ArrayList<>();
    for (JsonNode series : result("query?query=" + encoded(expression))) {
      values.add(new Value(series.path("metric"), number(series.path("value"))));
    }
    return values;
  }

  /** What an expression was in the last seconds, one number a second. */
  List<Series> range(String expression, long seconds) {
    long now = Instant.now().getEpochSecond();
    List<Series> all = new ArrayList<>();
    for (JsonNode series :
        result(
            "query_range?query=%s&start=%d&end=%d&step=1"
                .formatted(encoded(expression), now - seconds, now))) {
      List<Double> numbers = new ArrayList<>();
      series.path("values").forEach(value -> numbers.add(number(value)));
      all.add(new Series(series.path("metric"), List.copyOf(numbers)));
    }
    return all;
  }

  private JsonNode result(String request) {
    URI address = URI.create("http://127.0.0.1:" + port + "/api/v1/" + request);
    try {
      return JSON.readTree(
              http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body())
          .at("/data/result");
    } catch (IOException notYet) {
      return MissingNode.getInstance();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static double number(JsonNode pair) {
    return Double.parseDouble(pair.path(1).asText().replace("Inf", "Infinity"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
