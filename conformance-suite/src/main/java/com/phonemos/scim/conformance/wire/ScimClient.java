package com.phonemos.scim.conformance.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Sends requests to one server over HTTP/1.1, from as many threads as wanted. */
public final class ScimClient {
  private final URI base;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * A client of a server.
   *
   * @param base the SCIM base URL
   * @param timeout how long to wait for an answer
   */
  public ScimClient(URI base, Duration timeout) {
    this.base = URI.create(base.toString().replaceAll("/+$", ""));
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** The SCIM base URL, without a slash at its end. */
  public URI base() {
    return base;
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param origin the moment that the exchange is timed from, by {@link System#nanoTime}
   * @param kept receives the exchange
   * @throws Unmet if no answer came
   */
  public Answer send(Request request, long origin, Consumer<Exchange> kept) {
    try {
      return sendAsync(request, origin, kept).join();
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      if (cause instanceof Unmet unmet) {
        throw unmet;
      }
      throw new Unmet("an HTTP answer", request + " got none: " + cause);
    }
  }

  /** The same without waiting. The future fails where no answer came. */
  public CompletableFuture<Answer> sendAsync(
      Request request, long origin, Consumer<Exchange> kept) {
    long started = System.nanoTime();
    String url = base + request.target();
    return http.sendAsync(http(request, url), BodyHandlers.ofString(StandardCharsets.UTF_8))
        .thenApply(response -> {
          Answer answer = answer(response);
          kept.accept(
              new Exchange(request, url, answer, started - origin, System.nanoTime() - started));
          return answer;
        })
        .exceptionally(cause -> {
          Answer none = Answer.of(0, List.of(), String.valueOf(cause.getMessage()));
          kept.accept(
              new Exchange(request, url, none, started - origin, System.nanoTime() - started));
          Throwable reason = cause.getCause() == null ? cause : cause.getCause();
          throw new Unmet(
              "an HTTP answer",
              request + " got none: " + (reason instanceof IOException io ? io : cause));
        });
  }

  private HttpRequest http(Request request, String url) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(timeout)
            .method(
                request.method(),
                request
                    .body()
                    .map(text -> BodyPublishers.ofString(text, StandardCharsets.UTF_8))
                    .orElseGet(BodyPublishers::noBody));
    request.headers().forEach(header -> builder.header(header.name(), header.value()));
    request.token().ifPresent(token -> builder.header("Authorization", "Bearer " + token));
    return builder.build();
  }

  private static Answer answer(HttpResponse<String> response) {
    List<Header> headers = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) ->
            values.forEach(value -> headers.add(new Header(name.toLowerCase(Locale.ROOT), value))));
    return Answer.of(response.statusCode(), List.copyOf(headers), response.body());
  }
}
