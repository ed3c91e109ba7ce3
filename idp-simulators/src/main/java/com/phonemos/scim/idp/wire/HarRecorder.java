package com.phonemos.scim.idp.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes exchanges as an HTTP Archive 1.2 while they happen, so that memory stays flat. Tokens and
 * passwords are left out.
 */
public final class HarRecorder implements ExchangeListener, AutoCloseable {
  private static final String REDACTED = "[redacted]";

  private final Endpoint endpoint;
  private final JsonGenerator json;

  /**
   * Starts an archive.
   *
   * @param endpoint what the exchanges are with
   * @param out where to write; closed together with the recorder
   * @throws IOException if nothing can be written
   */
  public HarRecorder(Endpoint endpoint, OutputStream out) throws IOException {
    this.endpoint = endpoint;
    this.json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.writeStartObject();
    json.writeObjectFieldStart("log");
    json.writeStringField("version", "1.2");
    json.writeObjectFieldStart("creator");
    json.writeStringField("name", "idp-sim");
    json.writeStringField("version", "1");
    json.writeEndObject();
    json.writeArrayFieldStart("entries");
  }

  @Override
  public synchronized void exchanged(Exchange exchange) {
    try {
      double millis = exchange.latency().toNanos() / 1e6;
      json.writeStartObject();
      json.writeStringField("startedDateTime", exchange.startedAt().toString());
      json.writeNumberField("time", millis);
      request(exchange);
      response(exchange.answer());
      json.writeObjectFieldStart("cache");
      json.writeEndObject();
      json.writeObjectFieldStart("timings");
      json.writeNumberField("send", 0);
      json.writeNumberField("wait", millis);
      json.writeNumberField("receive", 0);
      json.writeEndObject();
      json.writeStringField("comment", exchange.request().purpose().words());
      json.writeEndObject();
    } catch (IOException full) {
      throw new UncheckedIOException("The archive cannot be written", full);
    }
  }

  private void request(Exchange exchange) throws IOException {
    Optional<String> body = exchange.request().body().map(HarRecorder::redacted);
    json.writeObjectFieldStart("request");
    json.writeStringField("method", exchange.request().method().name());
    json.writeStringField(
        "url",
        (endpoint.secure() ? "https://" : "http://") + endpoint.authority() + exchange.target());
    message(exchange.headers(), body.map(HarRecorder::size).orElse(0));
    json.writeArrayFieldStart("queryString");
    json.writeEndArray();
    if (body.isPresent()) {
      json.writeObjectFieldStart("postData");
      json.writeStringField("mimeType", "application/scim+json; charset=utf-8");
      json.writeStringField("text", body.get());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void response(ScimAnswer answer) throws IOException {
    json.writeObjectFieldStart("response");
    json.writeNumberField("status", answer.status());
    json.writeStringField("redirectURL", "");
    switch (answer) {
      case ScimAnswer.Received received -> {
        String body = received.json().map(HarRecorder::redacted).orElse(received.body());
        json.writeStringField("statusText", "");
        message(received.headers(), size(body));
        content(received.header("Content-Type").orElse(""), body);
      }
      case ScimAnswer.Lost lost -> {
        json.writeStringField("statusText", lost.reason());
        message(List.of(), 0);
        content("", "");
      }
    }
    json.writeEndObject();
  }

  private void message(List<Header> headers, int bodySize) throws IOException {
    json.writeStringField("httpVersion", "HTTP/1.1");
    json.writeArrayFieldStart("cookies");
    json.writeEndArray();
    json.writeArrayFieldStart("headers");
    for (Header header : headers) {
      json.writeStartObject();
      json.writeStringField("name", header.name());
      json.writeStringField("value", header.secret() ? REDACTED : header.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("headersSize", -1);
    json.writeNumberField("bodySize", bodySize);
  }

  private void content(String mimeType, String body) throws IOException {
    json.writeObjectFieldStart("content");
    json.writeNumberField("size", size(body));
    json.writeStringField("mimeType", mimeType);
    json.writeStringField("text", body);
    json.writeEndObject();
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String redacted(JsonNode body) {
    if (body.findValue("password") == null) {
      return body.toString();
    }
    JsonNode copy = body.deepCopy();
    copy.findParents("password").forEach(holder -> ((ObjectNode) holder).put("password", REDACTED));
    return copy.toString();
  }

  /**
   * Ends the archive.
   *
   * @throws IOException if its end cannot be written
   */
  @Override
  public synchronized void close() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
    json.close();
  }
}
