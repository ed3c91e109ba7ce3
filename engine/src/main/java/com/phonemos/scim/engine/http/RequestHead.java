package com.phonemos.scim.engine.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets through what a proxy before us cannot have read differently (RFC 9112 §11.2): one host, a
 * known method, a length that is beyond doubt. A path means what it says: a dot segment, an encoded
 * delimiter or a broken encoding names nothing here (RFC 3986 §2.1, §6.2.2).
 */
final class RequestHead implements Handler<HttpServerRequest> {
  private static final int MOST_HEADERS = 100;
  private static final int PASSED = 0;

  /** It ends up in every {@code meta.location}. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private static final Pattern DECEPTIVE =
      Pattern.compile(
          "/\\.{1,2}(/|$)|\\\\|%(2e|2f|5c|00|(?![0-9a-f]{2}))", Pattern.CASE_INSENSITIVE);

  private static final Set<HttpMethod> KNOWN =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  private final Handler<HttpServerRequest> next;
  private final Refusal refusal;

  RequestHead(Handler<HttpServerRequest> next, Refusal refusal) {
    this.next = next;
    this.refusal = refusal;
  }

  @Override
  public void handle(HttpServerRequest request) {
    int status = judge(request);
    if (status == PASSED) {
      next.handle(request);
    } else {
      refusal.send(request, status);
    }
  }

  private static int judge(HttpServerRequest request) {
    if (!KNOWN.contains(request.method())) {
      return 501;
    }
    if (tooMany(request.headers())) {
      return 431;
    }
    if (!hostIsClear(request)) {
      return 400;
    }
    if (!codingIsKnown(request.headers())) {
      return 501;
    }
    return DECEPTIVE.matcher(request.path()).find() ? 404 : PASSED;
  }

  private static boolean tooMany(MultiMap headers) {
    int count = 0;
    for (Map.Entry<String, String> header : headers) {
      count += header.getKey().isEmpty() ? 0 : 1;
    }
    return count > MOST_HEADERS;
  }

  private static boolean hostIsClear(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    if (hosts.isEmpty()) {
      // HTTP/2 has :authority instead.
      return request.version() == HttpVersion.HTTP_2
          && request.authority() != null
          && HOST.matcher(request.authority().toString()).matches();
    }
    return hosts.size() == 1
        && HOST.matcher(hosts.getFirst()).matches()
        && (request.uri().startsWith("/") || namesHost(request.uri(), hosts.getFirst()));
  }

  /** RFC 9112 §3.2.2: the absolute form. */
  private static boolean namesHost(String uri, String host) {
    try {
      return host.toLowerCase(Locale.ROOT)
          .equals(String.valueOf(URI.create(uri).getRawAuthority()).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException noUri) {
      return false;
    }
  }

  /** RFC 9112 §6.1: of another coding nobody knows where the body ends. */
  private static boolean codingIsKnown(MultiMap headers) {
    List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked"));
  }
}
