package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.har.Pseudonyms;
import com.phonemos.scim.conformance.har.Redaction;
import com.phonemos.scim.conformance.record.ExchangeSink;
import com.phonemos.scim.conformance.record.RecordingProxy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code record}: a proxy that writes a session. */
@Command(
    name = "record",
    description = {
      "Stands between an identity provider and a server and records what passes, as HAR 1.2.",
      "Nothing on the wire is changed; in the file, tokens and passwords are redacted.",
      "Ends with Ctrl-C. A recorder that is killed leaves a file that can be read."
    },
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1:8081",
      paramLabel = "HOST:PORT",
      description = "Where the identity provider connects to (default: ${DEFAULT-VALUE}).")
  private String listen = "";

  @Option(
      names = "--upstream",
      required = true,
      paramLabel = "URL",
      description = "Scheme, host and port of the server, such as https://scim.example.")
  private URI upstream = URI.create("http://localhost");

  @Option(
      names = "--pseudonymise",
      description = "Give people other names in the file: one person, one pseudonym.")
  private boolean pseudonymise;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "Listen with TLS: PEM chain.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Listen with TLS: PEM key.")
  private @Nullable Path key;

  @Option(
      names = "--trust-all",
      description = "Accept whatever certificate the upstream shows. For tests only.")
  private boolean trustAll;

  @Parameters(paramLabel = "FILE", description = "The archive to write, such as session.har.")
  private Path file = Path.of("session.har");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Pseudonyms> pseudonyms =
        pseudonymise ? Optional.of(Pseudonyms.random()) : Optional.empty();
    Vertx vertx = Vertx.vertx();
    ExchangeSink sink = new ExchangeSink(new HarWriter(file), new Redaction(pseudonyms));
    RecordingProxy proxy =
        new RecordingProxy(
            vertx,
            listening(),
            upstream,
            new HttpClientOptions().setTrustAll(trustAll).setVerifyHost(!trustAll),
            sink);
    int port = proxy.start().await();
    System.err.println(
        "Recording to " + file + ": " + listen + " (port " + port + ") -> " + upstream);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              close(proxy, sink, vertx);
              ended.countDown();
            }));
    ended.await();
    return ExitCode.OK;
  }

  private void close(RecordingProxy proxy, ExchangeSink sink, Vertx vertx) {
    try {
      proxy.stop().await();
      sink.close();
      vertx.close().await();
    } catch (IOException full) {
      System.err.println("Expected the archive to be written, but " + full);
    }
    System.err.println(
        sink.written()
            + " exchanges in "
            + file
            + (sink.lost() > 0 ? ", " + sink.lost() + " lost" : ""));
  }

  private HttpServerOptions listening() {
    int colon = listen.lastIndexOf(':');
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(colon < 0 ? "127.0.0.1" : listen.substring(0, colon))
            .setPort(Integer.parseInt(listen.substring(colon + 1)));
    Path chain = certificate;
    Path secret = key;
    if (chain != null && secret != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(chain.toString()).setKeyPath(secret.toString()));
    }
    return options;
  }
}
