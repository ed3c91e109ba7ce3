package com.phonemos.scim.conformance.replay;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Exchange;
import com.phonemos.scim.conformance.wire.Header;
import com.phonemos.scim.conformance.wire.Request;
import com.phonemos.scim.conformance.wire.ScimClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Plays a session in its order. A request waits for every answer that the recorded client had when
 * it sent it, and for no other: what overlapped then overlaps now. Holds what is in flight and the
 * ids of what exists, never the session.
 */
public final class Replayer {
  /** What a client may not copy from another connection. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "host",
          "content-length",
          "connection",
          "authorization",
          "accept-encoding",
          "expect",
          "upgrade",
          "transfer-encoding",
          "keep-alive",
          "te",
          "http2-settings");

  private static final Pattern ILLEGAL = Pattern.compile("[^\\x21-\\x7E]|[\"<>\\\\^`{|}\\[\\]]");

  private final ScimClient client;
  private final Function<String, String> tokens;
  private final Comparison comparison;
  private final boolean recordedSpeed;
  private final Listener listener;
  private final IdMap ids = new IdMap();
  private final List<Flight> flying = new ArrayList<>();
  private Optional<RuntimeException> broken = Optional.empty();

  /** Told of every exchange as its answer comes, one at a time. */
  @FunctionalInterface
  public interface Listener {
    void replayed(int number, HarEntry recorded, Exchange live, List<Difference> differences);
  }

  private record Flight(Instant recordedEnd, CompletableFuture<Void> landed) {}

  /** Where the entries come from. */
  @FunctionalInterface
  public interface Source {
    Optional<HarEntry> next() throws IOException;

    /** From a list. */
    static Source of(List<HarEntry> entries) {
      Iterator<HarEntry> all = entries.iterator();
      return () -> all.hasNext() ? Optional.of(all.next()) : Optional.empty();
    }
  }

  /**
   * A player against one server.
   *
   * @param tokens the live token for what is recorded as Authorization; empty sends none
   * @param recordedSpeed keeps the recorded pauses; otherwise as fast as the order allows
   */
  public Replayer(
      ScimClient client,
      Function<String, String> tokens,
      Comparison comparison,
      boolean recordedSpeed,
      Listener listener) {
    this.client = client;
    this.tokens = tokens;
    this.comparison = comparison;
    this.recordedSpeed = recordedSpeed;
    this.listener = listener;
  }

  /**
   * Plays entries until there is none left.
   *
   * @return how many were played
   */
  public int play(Source source) throws IOException {
    Optional<Instant> first = Optional.empty();
    long began = System.nanoTime();
    int number = 0;
    for (Optional<HarEntry> next = source.next(); next.isPresent(); next = source.next()) {
      HarEntry entry = next.get();
      first = first.or(() -> Optional.of(entry.startedAt()));
      if (recordedSpeed) {
        pause(Duration.between(first.orElseThrow(), entry.startedAt()), began);
      }
      await(flight -> !flight.recordedEnd.isAfter(entry.startedAt()));
      send(++number, entry, began);
    }
    await(flight -> true);
    return number;
  }

  private void send(int number, HarEntry entry, long origin) {
    Request request = live(entry);
    List<Exchange> kept = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> landed =
        client
            .sendAsync(request, origin, kept::add)
            .handle((answer, failure) -> {
              kept.forEach(exchange -> finish(number, entry, exchange));
              return null;
            });
    flying.add(new Flight(entry.endedAt(), landed.thenApply(done -> null)));
  }

  private synchronized void finish(int number, HarEntry entry, Exchange exchange) {
    try {
      Answer answer = exchange.answer();
      ids.learn(entry, answer);
      listener.replayed(
          number,
          entry,
          exchange,
          comparison.differences(number, entry, answer, json -> ids.tree(json)));
    } catch (RuntimeException bug) {
      broken = broken.or(() -> Optional.of(bug));
    }
  }

  private void await(java.util.function.Predicate<Flight> wanted) {
    flying.removeIf(flight -> {
      boolean waitFor = wanted.test(flight);
      if (waitFor) {
        flight.landed.join();
      }
      return waitFor;
    });
    rethrow();
  }

  private synchronized void rethrow() {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  private Request live(HarEntry entry) {
    List<Header> headers =
        entry.requestHeaders().stream()
            .filter(header -> !header.name().startsWith(":"))
            .filter(header -> !OF_THE_CONNECTION.contains(header.name().toLowerCase(Locale.ROOT)))
            .map(header ->
                header.name().toLowerCase(Locale.ROOT).startsWith("if-")
                    ? new Header(header.name(), ids.precondition(header.value()))
                    : header)
            .toList();
    Optional<String> token =
        entry.requestHeader("Authorization").map(tokens).filter(text -> !text.isEmpty());
    return new Request(
        entry.method(),
        legal(ids.target(entry.target())),
        headers,
        token,
        entry.requestBody().map(ids::body));
  }

  /** Clients send characters that a URI must not have; Java refuses to. */
  private static String legal(String target) {
    StringBuilder legal = new StringBuilder();
    target
        .chars()
        .mapToObj(Character::toString)
        .forEach(each -> legal.append(ILLEGAL.matcher(each).matches() ? escaped(each) : each));
    return legal.toString();
  }

  private static String escaped(String character) {
    return URLEncoder.encode(character, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void pause(Duration recorded, long began) {
    long left = recorded.toNanos() - (System.nanoTime() - began);
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = recorded.toNanos() - (System.nanoTime() - began);
    }
  }
}
