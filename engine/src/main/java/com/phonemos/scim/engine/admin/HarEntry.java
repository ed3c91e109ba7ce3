package com.phonemos.scim.engine.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.bus.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An exchange as an entry of an HTTP Archive 1.2, without passwords. What it holds of people stays:
 * it is what was asked for.
 */
final class HarEntry {
  /** What a HAR begins with, up to its first entry. */
  static final String HEAD =
      "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"phonemos-scim\",\"version\":\"1\"},"
          + "\"entries\":[";

  /** What ends it. */
  static final String TAIL = "\n]}}\n";

  private static final String PASSWORD = "password";
  private static final String REDACTED = "redacted";
  private static final String UNREADABLE = "(no JSON, and it speaks of a password)";
  private static final JsonMapper JSON = new JsonMapper();

  private HarEntry() {}

  static String of(Recorded exchange) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    double millis = exchange.took().toNanos() / 1e6;
    entry.put("startedDateTime", exchange.startedAt().toString());
    entry.put("time", millis);
    entry.set("request", request(exchange));
    entry.set("response", response(exchange));
    entry.putObject("cache");
    entry.putObject("timings").put("send", 0).put("wait", millis).put("receive", 0);
    if (!exchange.whole()) {
      entry.put("comment", "The rest of the answer is left out: it is too long");
    }
    return entry.toString();
  }

  private static ObjectNode request(Recorded exchange) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    Optional<String> body = exchange.requestBody().map(HarEntry::withoutPasswords);
    request.put("method", exchange.method()).put("url", exchange.url());
    message(request, exchange.requestHeaders(), body.orElse(""));
    request.putArray("queryString");
    body.ifPresent(text ->
        request
            .putObject("postData")
            .put("mimeType", header(exchange.requestHeaders(), "Content-Type"))
            .put("text", text));
    return request;
  }

  private static ObjectNode response(Recorded exchange) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    String body = withoutPasswords(exchange.responseBody());
    response.put("status", exchange.status()).put("statusText", "");
    message(response, exchange.responseHeaders(), body);
    response
        .putObject("content")
        .put("size", bytes(body))
        .put("mimeType", header(exchange.responseHeaders(), "Content-Type"))
        .put("text", body);
    return response.put("redirectURL", "");
  }

  private static void message(ObjectNode message, List<Recorded.Header> headers, String body) {
    message.put("httpVersion", "HTTP/1.1");
    message.putArray("cookies");
    ArrayNode all = message.putArray("headers");
    headers.forEach(
        header -> all.addObject().put("name", header.name()).put("value", header.value()));
    message.put("headersSize", -1).put("bodySize", bytes(body));
  }

  private static String header(List<Recorded.Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Recorded.Header::value)
        .findFirst()
        .orElse("");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** To the letter what was sent, unless a password is spoken of. */
  private static String withoutPasswords(String body) {
    if (!body.toLowerCase(Locale.ROOT).contains(PASSWORD)) {
      return body;
    }
    try {
      JsonNode json = JSON.readTree(body);
      blank(json);
      return json.toString();
    } catch (JsonProcessingException broken) {
      return UNREADABLE;
    }
  }

  /** The attribute in a resource, and the value of an operation whose path names it. */
  private static void blank(JsonNode node) {
    boolean operation = isPassword(node.path("path").asText(""));
    if (node instanceof ObjectNode object) {
      for (var member : List.copyOf(object.properties())) {
        if (isPassword(member.getKey()) || (operation && member.getKey().equals("value"))) {
          object.put(member.getKey(), REDACTED);
        }
      }
    }
    node.forEach(HarEntry::blank);
  }

  /** Also with the URN of its schema; but not ServiceProviderConfig's {@code changePassword}. */
  private static boolean isPassword(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.substring(lower.lastIndexOf(':') + 1).equals(PASSWORD);
  }
}
