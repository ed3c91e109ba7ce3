package com.phonemos.scim.engine.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves the host of a URL to an address that may be called. The caller connects to that very
 * address: a name that is asked for again could be another's by then.
 *
 * <p>Not shared: one instance per event loop.
 */
public final class EgressResolver {
  private static final long KEPT_NS = Duration.ofSeconds(10).toNanos();
  private static final int LIMIT = 1_000;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final Vertx vertx;
  private final EgressPolicy policy;
  private final Map<String, Resolved> known = new HashMap<>();

  public EgressResolver(Vertx vertx, EgressPolicy policy) {
    this.vertx = vertx;
    this.policy = policy;
  }

  private record Resolved(Future<InetAddress> address, long at) {}

  /** Fails with {@link ForbiddenTargetException}, or because nobody knows the name. */
  public Future<SocketAddress> resolve(String url) {
    URI uri = URI.create(url);
    return resolve(uri).map(address -> server(address, uri));
  }

  private Future<InetAddress> resolve(URI uri) {
    String host = uri.getHost();
    String origin = uri.getScheme() + "://" + uri.getAuthority();
    Resolved resolved = known.get(origin);
    if (resolved != null
        && System.nanoTime() - resolved.at < KEPT_NS
        && !resolved.address.failed()) {
      return resolved.address;
    }
    if (known.size() >= LIMIT) {
      known.clear();
    }
    Future<InetAddress> address =
        vertx.executeBlocking(
            () -> {
              policy.url(origin);
              return policy.address(host, lookUp(host));
            },
            false);
    known.put(origin, new Resolved(address, System.nanoTime()));
    return address;
  }

  private static List<InetAddress> lookUp(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  private static SocketAddress server(InetAddress address, URI uri) {
    int usual = uri.getScheme().equals("https") ? HTTPS : HTTP;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    return SocketAddress.inetSocketAddress(new InetSocketAddress(address, port));
  }
}
