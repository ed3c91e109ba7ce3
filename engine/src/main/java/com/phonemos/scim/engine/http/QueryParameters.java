package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The query of a request, decoded.
 *
 * <p>A plus means a space to those who encode as HTML forms do (Entra ID: {@code
 * userName+eq+%22a%40b%22}) and itself to those who encode as RFC 3986 does (Okta: {@code
 * userName%20eq%20%22a+b%22}). A client encodes in one way: where a value has a {@code %20}, spaces
 * are not written as a plus.
 */
final class QueryParameters {
  private static final String KEY = "query";
  private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final Map<String, List<String>> values = new HashMap<>();

  private QueryParameters(String query) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        values.computeIfAbsent(decode(name), new_ -> new ArrayList<>()).add(decode(value));
      }
    }
  }

  /**
   * Of this request, read once.
   *
   * @throws ScimException 400 for a broken percent-encoding
   */
  static QueryParameters of(RoutingContext context) {
    QueryParameters known = context.get(KEY);
    if (known != null) {
      return known;
    }
    String query = context.request().query();
    QueryParameters read = new QueryParameters(query == null ? "" : query);
    context.put(KEY, read);
    return read;
  }

  /** As often as it was given. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  private static String decode(String encoded) {
    if (BROKEN.matcher(encoded).find()) {
      throw new ScimException(HttpStatus.brokenQuery());
    }
    boolean plusIsItself = encoded.contains("%20");
    return URLDecoder.decode(
        plusIsItself ? encoded.replace("+", "%2B") : encoded, StandardCharsets.UTF_8);
  }
}
