package com.phonemos.scim.conformance.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.conformance.Catalogue;
import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.har.Redaction;
import com.phonemos.scim.conformance.record.ExchangeSink;
import com.phonemos.scim.conformance.record.RecordingProxy;
import com.phonemos.scim.conformance.reference.Fault;
import com.phonemos.scim.conformance.reference.ReferenceServer;
import com.phonemos.scim.conformance.replay.Comparison;
import com.phonemos.scim.conformance.replay.Difference;
import com.phonemos.scim.conformance.replay.Replayer;
import com.phonemos.scim.conformance.replay.Shrinker;
import com.phonemos.scim.conformance.suite.Runner;
import com.phonemos.scim.conformance.suite.Selection;
import com.phonemos.scim.conformance.suite.Server;
import com.phonemos.scim.conformance.wire.Json;
import com.phonemos.scim.conformance.wire.ScimClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session of several hundred exchanges: the suite's own traffic. */
class SessionTest {
  private static final long SEED = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void aSessionReplayedOnTheSameServerAnewShowsNoDifference() throws Exception {
    // Given
    Path session = record();
    // When
    List<Difference> differences = replay(HarReader.all(session), Fault.NONE);
    // Then
    assertThat(differences).isEmpty();
  }

  @Test
  void aPlantedChangeIsFoundAndShrunkToItsCause() throws Exception {
    // Given
    List<HarEntry> session = HarReader.all(record());
    List<Difference> found = replay(session, Fault.PUT_MERGES);
    // When
    List<HarEntry> small =
        new Shrinker(candidate -> replay(candidate, Fault.PUT_MERGES))
            .shrink(session, found, found.getFirst());
    // Then
    assertThat(small).extracting(HarEntry::method).containsExactly("POST", "PUT");
  }

  @Test
  void aRecordingHoldsNoToken() throws Exception {
    // When
    String archive = Files.readString(record());
    // Then
    assertThat(archive)
        .doesNotContain(ReferenceServer.FIRST, ReferenceServer.SECOND)
        .contains("Bearer token-1", "Bearer token-2");
  }

  @Test
  void theProxyHandsOnWhatItGets() throws Exception {
    // Given
    try (ReferenceServer reference = ReferenceServer.start(Fault.NONE);
        Recording recording = new Recording(reference, folder.resolve("s.har"))) {
      ScimClient direct = client(reference.base());
      ScimClient proxied = client(recording.base());
      // When
      var through = Server.discover(proxied, ReferenceServer.FIRST, Optional.empty());
      var straight = Server.discover(direct, ReferenceServer.FIRST, Optional.empty());
      // Then
      assertThat(through.config()).isEqualTo(straight.config());
      assertThat(through.features()).isEqualTo(straight.features());
    }
  }

  @Test
  void theProxySpeaksTlsToBothSides() throws Exception {
    // Given
    SelfSigned certificate = SelfSigned.create(folder);
    HttpServerOptions listening =
        new HttpServerOptions()
            .setHost("localhost")
            .setSsl(true)
            .setKeyCertOptions(certificate.pfx());
    HttpClientOptions calling = new HttpClientOptions().setTrustOptions(certificate.pfx());
    Path session = folder.resolve("outer.har");
    try (ReferenceServer reference = ReferenceServer.start(Fault.NONE);
        Recording inner =
            new Recording(
                URI.create(reference.base()), folder.resolve("inner.har"), listening, calling);
        Recording outer =
            new Recording(
                URI.create("https://localhost:" + inner.port), session, listening, calling)) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + outer.port + "/scim/ServiceProviderConfig"))
              .header("Authorization", "Bearer " + ReferenceServer.FIRST)
              .build();
      try (HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
        // When
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body()))
            .contains(
                Server.discover(client(reference.base()), ReferenceServer.FIRST, Optional.empty())
                    .config());
      }
    }
    assertThat(HarReader.all(session))
        .singleElement()
        .satisfies(entry -> assertThat(entry.url()).startsWith("https://localhost:"));
  }

  private Path record() throws IOException {
    Path session = folder.resolve("session.har");
    try (ReferenceServer reference = ReferenceServer.start(Fault.NONE);
        Recording recording = new Recording(reference, session)) {
      Server server =
          Server.discover(
              client(recording.base()), ReferenceServer.FIRST, Optional.of(ReferenceServer.SECOND));
      new Runner(server, new Random(SEED), result -> {})
          .run(
              new Selection(
                      Set.of(),
                      List.of("rfc7644/3.5", "rfc7644/3.6", "rfc7644/3.14", "rfc7644/6", "rfc9865"),
                      Set.of(),
                      Set.of())
                  .from(
                      Catalogue.cases().stream()
                          .filter(one ->
                              !one.id().contains("parallel") && !one.id().contains("one-of-many"))
                          .toList()));
    }
    return session;
  }

  private static List<Difference> replay(List<HarEntry> session, Fault fault) throws IOException {
    List<Difference> differences = new ArrayList<>();
    try (ReferenceServer fresh = ReferenceServer.start(fault)) {
      new Replayer(
              client(fresh.base()),
              recorded ->
                  recorded.endsWith("token-1") ? ReferenceServer.FIRST : ReferenceServer.SECOND,
              new Comparison(List.of()),
              false,
              (number, recorded, live, found) -> differences.addAll(found))
          .play(Replayer.Source.of(session));
    }
    return differences;
  }

  private static ScimClient client(String base) {
    return new ScimClient(URI.create(base), PATIENCE);
  }

  /** A proxy in front of a server. */
  private static final class Recording implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final ExchangeSink sink;
    private final RecordingProxy proxy;
    private final int port;

    Recording(ReferenceServer upstream, Path session) throws IOException {
      this(
          URI.create(upstream.base()),
          session,
          new HttpServerOptions().setHost("127.0.0.1"),
          new HttpClientOptions());
    }

    Recording(URI upstream, Path session, HttpServerOptions listening, HttpClientOptions calling)
        throws IOException {
      sink = new ExchangeSink(new HarWriter(session), new Redaction(Optional.empty()));
      proxy = new RecordingProxy(vertx, listening.setPort(0), upstream, calling, sink);
      port = proxy.start().await();
    }

    String base() {
      return "http://127.0.0.1:" + port + "/scim";
    }

    @Override
    public void close() throws IOException {
      proxy.stop().await();
      sink.close();
      vertx.close().await();
      assertThat(sink.lost()).isZero();
    }
  }
}
