package com.phonemos.scim.engine.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An operator who takes every answer to the OpenAPI document. */
final class OperatorClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonNode document;
  private final Set<String> done = new TreeSet<>();

  /** An answer that is as documented. */
  record Answer(int status, JsonNode body, String text) {
    Answer expect(int expected) {
      assertThat(status).describedAs(text).isEqualTo(expected);
      return this;
    }
  }

  OperatorClient() {
    document = parse(exchange("GET", "/openapi.json", "", "").body());
  }

  JsonNode document() {
    return document;
  }

  /** Those that were answered with success, such as {@code GET /tenants}. */
  Set<String> done() {
    return done;
  }

  Answer get(String path, Object... parts) {
    return send("GET", path, "", parts);
  }

  Answer post(String path, String body, Object... parts) {
    return send("POST", path, body, parts);
  }

  /**
   * An operation.
   *
   * @param path as the document writes it, a query behind it
   * @param parts what stands in the braces
   */
  Answer send(String method, String path, String body, Object... parts) {
    String documented = path.replaceAll("\\?.*", "");
    String filled = path;
    for (Object part : parts) {
      filled = filled.replaceFirst("\\{\\w+}", part.toString());
    }
    HttpResponse<String> response = exchange(method, filled, TestEngine.OPERATOR_TOKEN, body);
    if (response.statusCode() < 300) {
      done.add(method + " " + documented);
    }
    return check(method, documented, response);
  }

  /** Any request, with a token or without. */
  HttpResponse<String> exchange(String method, String path, String token, String body) {
    URI uri = URI.create("http://127.0.0.1:" + TestEngine.opsPort() + AdminApi.BASE + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private Answer check(String method, String path, HttpResponse<String> response) {
    JsonNode responses =
        document
            .path("paths")
            .path(path)
            .path(method.toLowerCase(java.util.Locale.ROOT))
            .path("responses");
    String status = Integer.toString(response.statusCode());
    JsonNode documented =
        responses.has(status)
            ? responses.get(status)
            : document.at("/components/responses/Problem");
    if (response.statusCode() < 300) {
      assertThat(responses.has(status)).describedAs(method + " " + path + " " + status).isTrue();
    }
    if (response.body().isEmpty()) {
      assertThat(documented.has("content")).isFalse();
      return new Answer(response.statusCode(), MissingNode.getInstance(), "");
    }
    Map.Entry<String, JsonNode> content = documented.path("content").properties().iterator().next();
    assertThat(response.headers().firstValue("Content-Type")).contains(content.getKey());
    if (!content.getKey().contains("json") || content.getKey().contains("ndjson")) {
      return new Answer(response.statusCode(), MissingNode.getInstance(), response.body());
    }
    JsonNode body = parse(response.body());
    ObjectNode schema = JSON.createObjectNode();
    schema.setAll((ObjectNode) content.getValue().get("schema"));
    schema.set("components", document.get("components"));
    SchemaValidatorsConfig strict =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    assertThat(SCHEMAS.getSchema(schema, strict).validate(body))
        .describedAs(method + " " + path + " answered " + response.body())
        .isEmpty();
    return new Answer(response.statusCode(), body, response.body());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException notJson) {
      throw new UncheckedIOException(text, notJson);
    }
  }
}
