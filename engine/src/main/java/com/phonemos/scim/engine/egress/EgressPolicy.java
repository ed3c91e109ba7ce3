package com.phonemos.scim.engine.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a tenant's URL may point to: public addresses over https, and what an operator allows
 * beside. Without it, whoever may name a URL could reach what only this machine can: the cloud's
 * metadata, a database, a neighbour (OWASP API7:2023, server-side request forgery).
 *
 * @param allowed host names and literal addresses that may be private, spoken to without TLS and on
 *     any port; in lower case
 */
public record EgressPolicy(Set<String> allowed) {
  /** The setting that allows more. */
  public static final String SETTING = "PHONEMOS_SCIM_PRIVATE_TARGETS";

  /** Nothing but public addresses. */
  public static final EgressPolicy PUBLIC = new EgressPolicy(Set.of());

  /** This machine, as tests and the demo have it. */
  public static final EgressPolicy LOCAL = new EgressPolicy(Set.of("localhost", "127.0.0.1"));

  private static final int LONGEST = 2_000;
  private static final Set<Integer> PORTS = Set.of(-1, 443, 8443);

  /** A name, or an IPv4 address in its one usual form; a last label of digits is no name. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}"
              + "|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)");

  /** Networks nobody on the Internet can be in (RFC 6890), beside those that Java knows itself. */
  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "100.64.0.0/10",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "240.0.0.0/4")
          .map(Network::of)
          .toList();

  /** Outside of these no IPv6 address is public; inside, some carry an IPv4 address (RFC 6890). */
  private static final Network GLOBAL = Network.of("2000::/3");

  private static final List<Network> SPECIAL_6 =
      Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20").map(Network::of).toList();

  /** From the setting: names and addresses, separated by commas. */
  public static EgressPolicy of(String setting) {
    return new EgressPolicy(
        Stream.of(setting.split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * A URL as it is stored, without a slash at its end.
   *
   * @throws ForbiddenTargetException when it may not be called, whatever its name resolves to
   */
  public URI url(String text) {
    URI uri = parse(text);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (allowed.contains(bare(host))) {
      return uri;
    }
    if (!uri.getScheme().equals("https")) {
      throw new ForbiddenTargetException(
          "Expected a URL of https, but it is http; " + hint(bare(host)));
    }
    if (!PORTS.contains(uri.getPort())) {
      throw new ForbiddenTargetException(
          "Expected the port 443 or 8443, but it is " + uri.getPort() + "; " + hint(bare(host)));
    }
    if (host.startsWith("xn--") || host.contains(".xn--")) {
      throw new ForbiddenTargetException(
          "Expected a host of plain letters, but it is one in punycode; " + hint(host));
    }
    return uri;
  }

  /**
   * Checks what a host resolved to; all of it, because any may be called.
   *
   * @throws ForbiddenTargetException when an address is not public and not allowed
   */
  public InetAddress address(String host, List<InetAddress> resolved) {
    String name = bare(host.toLowerCase(Locale.ROOT));
    for (InetAddress address : resolved) {
      boolean fine =
          allowed.contains(name) || allowed.contains(address.getHostAddress()) || isPublic(address);
      if (!fine) {
        throw new ForbiddenTargetException(
            "Expected a public address, but "
                + name
                + " is at "
                + address.getHostAddress()
                + "; "
                + hint(name));
      }
    }
    return resolved.getFirst();
  }

  private static URI parse(String text) {
    try {
      URI uri = new URI(text.replaceFirst("/+$", ""));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme();
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean plain =
          text.length() <= LONGEST
              && (scheme.equals("https") || scheme.equals("http"))
              && (host.startsWith("[") || HOST.matcher(host).matches())
              && uri.getUserInfo() == null
              && uri.getQuery() == null
              && uri.getFragment() == null
              && uri.normalize().equals(uri)
              && !uri.getRawPath().contains("%");
      if (plain) {
        return uri;
      }
    } catch (URISyntaxException broken) {
      throw notPlain();
    }
    throw notPlain();
  }

  private static ForbiddenTargetException notPlain() {
    return new ForbiddenTargetException(
        "Expected a URL like https://id.example.com, but it is no such URL");
  }

  private static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return address.getAddress().length == 4
        ? SPECIAL.stream().noneMatch(network -> network.contains(address))
        : GLOBAL.contains(address)
            && SPECIAL_6.stream().noneMatch(network -> network.contains(address));
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String hint(String host) {
    return "an operator can allow it with " + SETTING + "=" + host;
  }

  private record Network(InetAddress prefix, int bits) {
    static Network of(String text) {
      int slash = text.indexOf('/');
      try {
        return new Network(
            InetAddress.getByName(text.substring(0, slash)),
            Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException impossible) {
        throw new IllegalArgumentException(impossible);
      }
    }

    boolean contains(InetAddress address) {
      byte[] bytes = address.getAddress();
      byte[] network = prefix.getAddress();
      if (bytes.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((bytes[bit / 8] & mask) != (network[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
