package com.phonemos.scim.engine.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The media types of RFC 7644 §3.1 and §8.1, whatever their parameters. */
final class MediaTypes {
  private static final Set<String> JSON = Set.of("application/scim+json", "application/json");

  private static final Set<String> ANSWERS =
      Set.of("application/scim+json", "application/json", "application/*", "*/*");

  private MediaTypes() {}

  /** Whether the body is JSON, and not compressed: a small body may not become a large one. */
  static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return type != null
        && JSON.contains(essence(type))
        && (encoding == null || encoding.strip().equalsIgnoreCase("identity"));
  }

  /** Whether the body is of this type, whatever its parameters. */
  static boolean is(HttpServerRequest request, String type) {
    String sent = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return sent != null && essence(sent).equals(type);
  }

  /** Whether an answer in JSON is wanted; who does not say takes anything (RFC 9110 §12.5.1). */
  static boolean accepted(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept == null
        || Arrays.stream(accept.split(",")).map(MediaTypes::essence).anyMatch(ANSWERS::contains);
  }

  /** Without parameters such as {@code charset}. */
  private static String essence(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
