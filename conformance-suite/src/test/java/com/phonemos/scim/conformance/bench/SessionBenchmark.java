package com.phonemos.scim.conformance.bench;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.har.Redaction;
import com.phonemos.scim.conformance.record.ExchangeSink;
import com.phonemos.scim.conformance.record.RecordingProxy;
import com.phonemos.scim.conformance.replay.Comparison;
import com.phonemos.scim.conformance.replay.Replayer;
import com.phonemos.scim.conformance.wire.Header;
import com.phonemos.scim.conformance.wire.Request;
import com.phonemos.scim.conformance.wire.ScimClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * What the recorder adds to a request at a steady rate, what the replayer adds to one, and how much
 * memory a large archive needs; against a server in the same process that does nothing.
 */
final class SessionBenchmark {
  private static final int PER_SECOND = 2_000;
  private static final int SECONDS = 5;
  private static final int ROUNDS = 7;
  private static final int WARM_UP = PER_SECOND * 10;
  private static final int CONNECTIONS = 32;
  private static final int REPLAYED = 20_000;
  private static final long LARGE = 1L << 30;
  private static final String BODY =
      "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"4711\",\"active\":true,"
          + "\"userName\":\"ada@ex.org\",\"displayName\":\""
          + "Ada ".repeat(300)
          + "\"}";

  private SessionBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("bench-");
    Vertx vertx = Vertx.vertx();
    int port =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body ->
                        request
                            .response()
                            .putHeader("Content-Type", "application/scim+json")
                            .end(Buffer.buffer(BODY))))
            .listen()
            .await()
            .actualPort();
    List<String> parts =
        args.length == 0 ? List.of("recorder", "replayer", "large") : List.of(args);
    for (String part : parts) {
      Path file = folder.resolve(part + ".har");
      switch (part) {
        case "recorder" -> recorder(vertx, port, file);
        case "replayer" -> replayer(port, file);
        case "large" -> large(port, file);
        default -> throw new IllegalArgumentException("Expected recorder, replayer or large");
      }
    }
    vertx.close().await();
  }

  private static void recorder(Vertx vertx, int port, Path file) throws IOException {
    ExchangeSink sink = new ExchangeSink(new HarWriter(file), new Redaction(Optional.empty()));
    RecordingProxy proxy =
        new RecordingProxy(
            vertx,
            new HttpServerOptions().setHost("127.0.0.1").setPort(0),
            URI.create("http://127.0.0.1:" + port),
            new HttpClientOptions(),
            sink);
    int recording = proxy.start().await();
    load(port, WARM_UP);
    load(recording, WARM_UP);
    List<long[]> direct = new ArrayList<>();
    List<long[]> recorded = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      direct.add(load(port, PER_SECOND * SECONDS));
      recorded.add(load(recording, PER_SECOND * SECONDS));
    }
    proxy.stop().await();
    sink.close();
    say(
        "recorder, %,d requests/s, median of %d times %d s in turn, %d lost",
        PER_SECOND, ROUNDS, SECONDS, sink.lost());
    for (double p : new double[] {0.5, 0.99}) {
      say(
          "  p%.0f: direct %.2f ms, recorded %.2f ms",
          p * 100, median(direct, p), median(recorded, p));
    }
  }

  /** Of what the rounds have there: a pause of the machine's is in one of them. */
  private static double median(List<long[]> rounds, double quantile) {
    return rounds.stream()
        .map(nanos -> at(nanos, quantile))
        .sorted()
        .toList()
        .get(rounds.size() / 2);
  }

  /** Sends at a steady rate, whatever is answered; how long each took from when it was due. */
  private static long[] load(int port, int requests) {
    ScimClient client = client(port);
    Semaphore connections = new Semaphore(CONNECTIONS);
    long[] nanos = new long[requests];
    CompletableFuture<?>[] all = new CompletableFuture<?>[requests];
    long began = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      long due = began + i * 1_000_000_000L / PER_SECOND;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int number = i;
      connections.acquireUninterruptibly();
      all[i] =
          client
              .sendAsync(request(), due, exchange -> {})
              .thenAccept(answer -> nanos[number] = System.nanoTime() - due)
              .whenComplete((done, failure) -> connections.release());
    }
    CompletableFuture.allOf(all).join();
    Arrays.sort(nanos);
    return nanos;
  }

  private static void replayer(int port, Path file) throws IOException {
    write(file, REPLAYED);
    ScimClient client = client(port);
    for (int i = 0; i < REPLAYED; i++) {
      client.send(request(), 0, exchange -> {});
    }
    replay(port, file);
    long began = System.nanoTime();
    for (int i = 0; i < REPLAYED; i++) {
      client.send(request(), 0, exchange -> {});
    }
    double plain = (System.nanoTime() - began) / 1e6 / REPLAYED;
    began = System.nanoTime();
    replay(port, file);
    double replayed = (System.nanoTime() - began) / 1e6 / REPLAYED;
    say("replayer, %,d requests one after the other", REPLAYED);
    say("  %.3f ms each, %.3f ms as plain requests", replayed, plain);
  }

  private static void large(int port, Path file) throws IOException {
    try (HarWriter writer = new HarWriter(file)) {
      String answer = BODY.replace("Ada ", "Ada ".repeat(14));
      for (int i = 0; Files.size(file) < LARGE; i++) {
        writer.write(entry(i, answer));
      }
    }
    Runtime.getRuntime().gc();
    int played = replay(port, file);
    Runtime.getRuntime().gc();
    Runtime java = Runtime.getRuntime();
    say(
        "large archive, %,d MiB, %,d exchanges: %d MiB of %d MiB heap in use at the end",
        Files.size(file) >> 20,
        played,
        (java.totalMemory() - java.freeMemory()) >> 20,
        java.maxMemory() >> 20);
    Files.delete(file);
  }

  private static int replay(int port, Path file) throws IOException {
    try (HarReader reader = HarReader.open(file)) {
      return new Replayer(
              client(port),
              recorded -> "token",
              new Comparison(List.of()),
              false,
              (number, recorded, live, differences) -> {})
          .play(reader::next);
    }
  }

  private static void write(Path file, int entries) throws IOException {
    try (HarWriter writer = new HarWriter(file)) {
      for (int i = 0; i < entries; i++) {
        writer.write(entry(i, BODY));
      }
    }
  }

  private static HarEntry entry(int number, String answer) {
    return new HarEntry(
        Instant.EPOCH.plusMillis(2L * number),
        Duration.ofMillis(1),
        "PUT",
        "http://localhost/scim/v2/Users/4711",
        request().headers(),
        request().body(),
        200,
        List.of(new Header("Content-Type", "application/scim+json")),
        "application/scim+json",
        answer,
        "");
  }

  private static Request request() {
    return new Request(
        "PUT",
        "/Users/4711",
        List.of(new Header("Content-Type", "application/scim+json")),
        Optional.of("token"),
        Optional.of(BODY));
  }

  private static ScimClient client(int port) {
    return new ScimClient(
        URI.create("http://127.0.0.1:" + port + "/scim/v2"), Duration.ofSeconds(30));
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
