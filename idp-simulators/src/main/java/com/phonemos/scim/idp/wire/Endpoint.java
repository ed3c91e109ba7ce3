package com.phonemos.scim.idp.wire;

import java.net.URI;
import java.util.Locale;

/**
 * A SCIM endpoint and what lets an identity provider in, as an administrator types them into it.
 *
 * @param base the SCIM base URL; a query is sent with every request
 * @param credentials what lets in
 */
public record Endpoint(URI base, Credentials credentials) {
  /**
   * Checks the base URL.
   *
   * @throws IllegalArgumentException if the URL is not an absolute http or https URL with a host
   */
  public Endpoint {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("Expected an http or https base URL, but got " + base);
    }
    if (base.getHost() == null) {
      throw new IllegalArgumentException("Expected a base URL with a host, but got " + base);
    }
  }

  /**
   * The endpoint at {@code base}, spoken to with a bearer token.
   *
   * @param token the secret, without the word "Bearer"
   */
  public static Endpoint of(URI base, String token) {
    return new Endpoint(base, new Credentials.Bearer(token));
  }

  /** Whether the endpoint is behind TLS. */
  public boolean secure() {
    return base.getScheme().equalsIgnoreCase("https");
  }

  /** The port to connect to. */
  public int port() {
    if (base.getPort() >= 0) {
      return base.getPort();
    }
    return secure() ? 443 : 80;
  }

  /** The value of the {@code Host} header: the port is named only when it is not the default. */
  public String authority() {
    return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
  }

  /** The path of the base URL without a trailing slash, as it was typed. */
  public String path() {
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** The same without the query, which Entra's administrators append to choose a dialect. */
  public Endpoint withoutQuery() {
    String text = base.toString();
    int query = text.indexOf('?');
    return query < 0 ? this : new Endpoint(URI.create(text.substring(0, query)), credentials);
  }

  /** A target below the base URL as it is sent: the path in front, the base's query at the end. */
  String target(String below) {
    String query = base.getRawQuery();
    String target = path() + below;
    return query == null ? target : target + (below.contains("?") ? "&" : "?") + query;
  }

  /** The base URL only: a secret must not end up in a log. */
  @Override
  public String toString() {
    return base.toString();
  }
}
