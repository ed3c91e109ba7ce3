package com.phonemos.scim.engine.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;

/** The media types of RFC 7644 §3.1 and §8.1, whatever their parameters. */
final class MediaTypes {
  private static final Set<String> JSON = Set.of("application/scim+json", "application/json");

  private MediaTypes() {}

  /** Whether the body is JSON, and not compressed: a small body may not become a large one. */
  static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return type != null
        && JSON.contains(essence(type))
        && (encoding == null || encoding.strip().equalsIgnoreCase("identity"));
  }

  /** Without parameters such as {@code charset}. */
  private static String essence(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
