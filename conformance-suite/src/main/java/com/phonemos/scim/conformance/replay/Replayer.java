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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Plays a session in its order. A request waits for every answer that the recorded client had when
 * it sent it, and for no other: what overlapped then overlaps now. Where a write overlapped with
 * another request for the same resource, either may have come first, so their bodies are not
 * compared; what is read of the resource afterwards is. Holds what is in flight and the ids of what
 * exists, never the session.
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

  /** Told of every exchange when its answer is there, one at a time. */
  @FunctionalInterface
  public interface Listener {
    void replayed(int number, HarEntry recorded, Exchange live, List<Difference> differences);
  }

  /** A request that is under way, or whose answer may still turn out to be contested. */
  private record Flight(
      int number,
      HarEntry entry,
      CompletableFuture<List<Exchange>> landed,
      AtomicBoolean contested) {
    boolean contends(HarEntry other) {
      boolean reads = entry.method().equals("GET") && other.method().equals("GET");
      return !reads && path(entry).equals(path(other));
    }

    private static String path(HarEntry entry) {
      return entry.target().replaceFirst("\\?.*", "");
    }
  }

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
      land(flight -> !flight.entry.endedAt().isAfter(entry.startedAt()));
      send(++number, entry, began);
    }
    land(flight -> true);
    return number;
  }

  private void send(int number, HarEntry entry, long origin) {
    List<Exchange> kept = new CopyOnWriteArrayList<>();
    CompletableFuture<List<Exchange>> landed =
        client.sendAsync(live(entry), origin, kept::add).handle((answer, failure) -> kept);
    Flight flight = new Flight(number, entry, landed, new AtomicBoolean());
    for (Flight other : flying) {
      if (other.contends(entry)) {
        other.contested.set(true);
        flight.contested.set(true);
      }
    }
    flying.add(flight);
  }

  private void land(Predicate<Flight> wanted) {
    flying.removeIf(flight -> {
      boolean due = wanted.test(flight);
      if (due) {
        flight.landed.join().forEach(exchange -> finish(flight, exchange));
      }
      return due;
    });
  }

  private void finish(Flight flight, Exchange exchange) {
    Answer answer = exchange.answer();
    ids.learn(flight.entry, answer);
    listener.replayed(
        flight.number,
        flight.entry,
        exchange,
        comparison.differences(flight.number, flight.entry, answer, ids::recorded).stream()
            .filter(difference -> !(flight.contested.get() && difference.ofTheBody()))
            .toList());
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
