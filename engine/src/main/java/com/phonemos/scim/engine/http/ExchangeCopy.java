package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.Recorded;
import com.phonemos.scim.engine.bus.Recorded.Header;
import com.phonemos.scim.engine.store.Tokens.Credential;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire in an exchange of a tenant that is recorded. It begins once the token is
 * known and ends before the last of the answer is sent, so that whoever asks next because of the
 * answer is seen to ask later.
 */
final class ExchangeCopy {
  /** Characters of an answer; a large group is longer. */
  static final int LONGEST_ANSWER = 1 << 20;

  private static final String KEY = "copy";
  private static final String REDACTED = "redacted";
  private static final Set<String> SECRET =
      Set.of("cookie", "set-cookie", "proxy-authorization", "x-api-key");

  /** Not that we read any of these: somebody may send them all the same. */
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "([?&](?:access_token|refresh_token|token|client_secret|client_assertion|password|api_?key)=)"
              + "[^&]*",
          Pattern.CASE_INSENSITIVE);

  private final Instant startedAt = Instant.now();
  private final long started = System.nanoTime();
  private final StringBuilder answer = new StringBuilder();
  private long answered = started;
  private boolean whole = true;

  private ExchangeCopy() {}

  static void begin(RoutingContext context) {
    context.put(KEY, new ExchangeCopy());
  }

  /** Part of the answer's body is about to be sent; nothing where the exchange is not recorded. */
  static void answers(RoutingContext context, String text) {
    ExchangeCopy copy = context.get(KEY);
    if (copy != null) {
      copy.answered = System.nanoTime();
      int room = LONGEST_ANSWER - copy.answer.length();
      copy.whole = copy.whole && text.length() <= room;
      copy.answer.append(text, 0, Math.min(room, text.length()));
    }
  }

  /** The exchange, once it is over; empty where it is not recorded. */
  static Optional<Recorded> of(RoutingContext context) {
    return Optional.<ExchangeCopy>ofNullable(context.get(KEY)).map(copy -> copy.recorded(context));
  }

  private Recorded recorded(RoutingContext context) {
    Credential credential = Exchange.of(context).credential();
    HttpServerRequest request = context.request();
    @Nullable Buffer body = context.body().buffer();
    String secret = secret(request);
    return new Recorded(
        credential.tenant(),
        credential.recording().orElseThrow(),
        startedAt,
        Duration.ofNanos(answered - started),
        request.method().name(),
        request.scheme() + "://" + request.authority() + target(request, secret),
        headers(request.headers(), credential.tokenId(), secret),
        Optional.ofNullable(body)
            .filter(bytes -> bytes.length() > 0)
            .map(bytes -> without(secret, bytes.toString(StandardCharsets.UTF_8))),
        context.response().getStatusCode(),
        headers(context.response().headers(), credential.tokenId(), secret),
        without(secret, answer.toString()),
        whole);
  }

  private static String target(HttpServerRequest request, String secret) {
    return SECRET_PARAMETER.matcher(without(secret, request.uri())).replaceAll("$1" + REDACTED);
  }

  /** Of the token its id stays, by which several can be told apart. */
  private static List<Header> headers(MultiMap headers, UUID token, String secret) {
    List<Header> copied = new ArrayList<>(headers.size());
    headers.forEach(
        (name, value) -> copied.add(new Header(name, value(name, value, token, secret))));
    return List.copyOf(copied);
  }

  private static String value(String name, String value, UUID token, String secret) {
    if (name.equalsIgnoreCase(HttpHeaders.AUTHORIZATION.toString())) {
      return "Bearer token-" + token;
    }
    return SECRET.contains(name.toLowerCase(Locale.ROOT)) ? REDACTED : without(secret, value);
  }

  private static String secret(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header.substring(header.indexOf(' ') + 1).strip();
  }

  private static String without(String secret, String text) {
    return text.replace(secret, REDACTED);
  }
}
