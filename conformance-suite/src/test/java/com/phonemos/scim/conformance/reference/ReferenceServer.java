package com.phonemos.scim.conformance.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SCIM server in memory. Two tenants, whose tokens are {@link #FIRST} and {@link #SECOND}. Right
 * but for the one fault it was told of.
 */
public final class ReferenceServer implements AutoCloseable {
  public static final String FIRST = "first-tenant-token";
  public static final String SECOND = "second-tenant-token";

  private static final Pattern RESOURCE = Pattern.compile("/(Users|Groups)(?:/([^/]+))?");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Fault fault;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
  private final Discovery discovery;

  private record Reply(int status, Optional<ObjectNode> body, Map<String, String> headers) {
    static Reply of(int status, ObjectNode body) {
      return new Reply(status, Optional.of(body), new HashMap<>());
    }
  }

  private ReferenceServer(Fault fault) {
    this.fault = fault;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    discovery = new Discovery(fault, base());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one on a free port. */
  public static ReferenceServer start(Fault fault) {
    return new ReferenceServer(fault);
  }

  /** The SCIM base URL. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/scim";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Reply reply;
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      reply = answer(exchange, body);
    } catch (ScimFailure failure) {
      reply = Reply.of(failure.status(), error(failure));
      if (failure.status() == 401 && fault != Fault.NO_CHALLENGE) {
        reply.headers.put("WWW-Authenticate", "Bearer");
      }
      if (failure.status() == 405) {
        reply.headers.put("Allow", "GET");
      }
    }
    send(exchange, reply);
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    boolean html = reply.status >= 400 && fault == Fault.ERROR_IN_HTML;
    boolean text = fault == Fault.ANSWERS_ARE_TEXT;
    exchange
        .getResponseHeaders()
        .set("Content-Type", html ? "text/html" : text ? "text/plain" : "application/scim+json");
    reply.headers.forEach(exchange.getResponseHeaders()::set);
    byte[] bytes =
        (html ? "<h1>Error</h1>" : reply.body.map(ObjectNode::toString).orElse(""))
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private ObjectNode error(ScimFailure failure) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    if (fault != Fault.ERROR_WITHOUT_SCHEMA) {
      error.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
    }
    if (fault == Fault.ERROR_STATUS_IS_A_NUMBER) {
      error.put("status", failure.status());
    } else {
      error.put("status", Integer.toString(failure.status()));
    }
    if (!failure.scimType().isEmpty()) {
      error.put("scimType", failure.scimType());
    }
    boolean trace = fault == Fault.ERROR_WITH_STACK_TRACE;
    return error.put("detail", trace ? failure + " at a.b.C(C.java:1)" : failure.detail());
  }

  private Reply answer(HttpExchange exchange, String body) {
    String path = exchange.getRequestURI().getRawPath().replaceFirst("^/scim", "");
    Map<String, String> query =
        Query.ofUrl(Optional.ofNullable(exchange.getRequestURI().getRawQuery()));
    String token = authenticate(exchange, query);
    String method = exchange.getRequestMethod();
    Optional<ObjectNode> document = discovery.document(method, path, query);
    if (document.isPresent()) {
      return Reply.of(200, document.get());
    }
    Tenant tenant = tenants.computeIfAbsent(token, key -> new Tenant(fault, base()));
    if (method.equals("POST") && path.equals("/Bulk")) {
      try {
        return Reply.of(200, new Bulk(tenant, fault, this::error).run(json(exchange, body)));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    if (method.equals("POST") && path.matches("/(Users|Groups)/\\.search")) {
      String type = path.substring(1, path.indexOf('/', 1));
      return list(tenant, token, type, Query.ofSearch(json(exchange, body)));
    }
    Matcher resource = RESOURCE.matcher(path);
    if (!resource.matches()) {
      throw new ScimFailure(path.equals("/Me") ? 501 : 404, "", "Expected an endpoint");
    }
    String type = resource.group(1);
    return resource.group(2) == null
        ? collection(exchange, tenant, token, type, query, body)
        : one(exchange, tenant, type, resource.group(2), query, body);
  }

  private Reply collection(
      HttpExchange exchange,
      Tenant tenant,
      String token,
      String type,
      Map<String, String> query,
      String body) {
    return switch (exchange.getRequestMethod()) {
      case "GET" -> list(tenant, token, type, query);
      case "POST" -> {
        ObjectNode created = tenant.create(type, json(exchange, body));
        Reply reply = shown(created, type, query, fault == Fault.CREATE_ANSWERS_200 ? 200 : 201);
        if (fault != Fault.CREATE_WITHOUT_LOCATION) {
          reply.headers.put("Location", created.at("/meta/location").asText());
        }
        if (fault == Fault.CREATE_WITHOUT_BODY_ID) {
          reply.body.ifPresent(shown -> shown.remove("id"));
        }
        yield reply;
      }
      default -> throw new ScimFailure(405, "", "Expected GET or POST");
    };
  }

  private Reply one(
      HttpExchange exchange,
      Tenant tenant,
      String type,
      String id,
      Map<String, String> query,
      String body) {
    Optional<String> ifMatch =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Match"));
    return switch (exchange.getRequestMethod()) {
      case "GET" -> {
        ObjectNode found = tenant.read(type, id);
        String known = exchange.getRequestHeaders().getFirst("If-None-Match");
        yield found.at("/meta/version").asText().equals(known)
            ? new Reply(304, Optional.empty(), new HashMap<>())
            : shown(found, type, query, 200);
      }
      case "PUT" ->
          shown(tenant.replace(type, id, json(exchange, body), ifMatch), type, query, 200);
      case "PATCH" ->
          shown(tenant.patch(type, id, json(exchange, body), ifMatch), type, query, 200);
      case "DELETE" -> {
        tenant.delete(type, id, ifMatch);
        yield new Reply(
            fault == Fault.DELETE_ANSWERS_200 ? 200 : 204, Optional.empty(), new HashMap<>());
      }
      default -> throw new ScimFailure(405, "", "Expected GET, PUT, PATCH or DELETE");
    };
  }

  private Reply shown(ObjectNode resource, String type, Map<String, String> query, int status) {
    Reply reply = Reply.of(status, new Query(query, type, 0, fault).project(resource));
    reply.headers.put("ETag", resource.at("/meta/version").asText());
    return reply;
  }

  private Reply list(Tenant tenant, String token, String type, Map<String, String> query) {
    return Reply.of(200, new Query(query, type, token.hashCode(), fault).run(tenant.list(type)));
  }

  private String authenticate(HttpExchange exchange, Map<String, String> query) {
    String header =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    String token = header.matches("(?i)bearer .*") ? header.substring(7).strip() : "";
    if (fault == Fault.TOKEN_IN_URL_IS_ACCEPTED && token.isEmpty()) {
      token = query.getOrDefault("access_token", "");
    }
    boolean known = List.of(FIRST, SECOND).contains(token);
    if (!known && fault != Fault.NO_TOKEN_IS_ACCEPTED) {
      throw new ScimFailure(401, "", "Expected a bearer token");
    }
    return !known || fault == Fault.TENANTS_ARE_ONE ? FIRST : token;
  }

  private JsonNode json(HttpExchange exchange, String body) {
    String type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
    if (!type.matches("application/(scim\\+)?json.*")) {
      throw new ScimFailure(415, "", "Expected application/scim+json");
    }
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException broken) {
      if (fault == Fault.BROKEN_JSON_ANSWERS_500) {
        throw new ScimFailure(500, "", "Oops");
      }
    }
    throw new ScimFailure(400, "invalidSyntax", "Expected a JSON object");
  }
}
