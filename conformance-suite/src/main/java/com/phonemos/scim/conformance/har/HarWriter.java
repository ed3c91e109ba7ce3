package com.phonemos.scim.conformance.har;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.phonemos.scim.conformance.wire.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Writes an archive one entry at a time. Each write ends with the end of the archive, which the
 * next one overwrites: whoever is killed leaves a file that every HAR viewer opens.
 */
public final class HarWriter implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] END = "\n]}}\n".getBytes(StandardCharsets.UTF_8);

  private final FileChannel file;
  private long position;
  private boolean first = true;

  /**
   * Starts an archive, in place of one that is there.
   *
   * @throws IOException if nothing can be written
   */
  public HarWriter(Path path) throws IOException {
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    String head =
        "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"scim-conformance\",\"version\":\"1\"},\"entries\":[";
    append(head.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an entry. */
  public synchronized void write(HarEntry entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    bytes.writeBytes((first ? "\n" : ",\n").getBytes(StandardCharsets.UTF_8));
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      entry(json, entry);
    }
    first = false;
    append(bytes.toByteArray());
  }

  private void append(byte[] bytes) throws IOException {
    ByteBuffer both = ByteBuffer.allocate(bytes.length + END.length).put(bytes).put(END).flip();
    long at = position;
    while (both.hasRemaining()) {
      at += file.write(both, at);
    }
    position += bytes.length;
  }

  private static void entry(JsonGenerator json, HarEntry entry) throws IOException {
    double millis = entry.took().toNanos() / 1e6;
    json.writeStartObject();
    json.writeStringField("startedDateTime", entry.startedAt().toString());
    json.writeNumberField("time", millis);
    json.writeObjectFieldStart("request");
    json.writeStringField("method", entry.method());
    json.writeStringField("url", entry.url());
    message(json, entry.requestHeaders(), entry.requestBody().map(HarWriter::size).orElse(0));
    json.writeArrayFieldStart("queryString");
    query(json, entry.url());
    json.writeEndArray();
    Optional<String> body = entry.requestBody();
    if (body.isPresent()) {
      json.writeObjectFieldStart("postData");
      json.writeStringField("mimeType", entry.requestHeader("Content-Type").orElse(""));
      json.writeStringField("text", body.get());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("response");
    json.writeNumberField("status", entry.status());
    json.writeStringField("statusText", "");
    message(json, entry.responseHeaders(), size(entry.responseBody()));
    json.writeObjectFieldStart("content");
    json.writeNumberField("size", size(entry.responseBody()));
    json.writeStringField("mimeType", entry.mimeType());
    json.writeStringField("text", entry.responseBody());
    json.writeEndObject();
    json.writeStringField("redirectURL", "");
    json.writeEndObject();
    json.writeObjectFieldStart("cache");
    json.writeEndObject();
    json.writeObjectFieldStart("timings");
    json.writeNumberField("send", 0);
    json.writeNumberField("wait", millis);
    json.writeNumberField("receive", 0);
    json.writeEndObject();
    if (!entry.comment().isEmpty()) {
      json.writeStringField("comment", entry.comment());
    }
    json.writeEndObject();
  }

  private static void query(JsonGenerator json, String url) throws IOException {
    int at = url.indexOf('?');
    for (String pair : at < 0 ? new String[0] : url.substring(at + 1).split("&")) {
      String[] parts = pair.split("=", 2);
      json.writeStartObject();
      json.writeStringField("name", parts[0]);
      json.writeStringField("value", parts.length > 1 ? decoded(parts[1]) : "");
      json.writeEndObject();
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }

  private static void message(JsonGenerator json, List<Header> headers, int size)
      throws IOException {
    json.writeStringField("httpVersion", "HTTP/1.1");
    json.writeArrayFieldStart("cookies");
    json.writeEndArray();
    json.writeArrayFieldStart("headers");
    for (Header header : headers) {
      json.writeStartObject();
      json.writeStringField("name", header.name());
      json.writeStringField("value", header.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("headersSize", -1);
    json.writeNumberField("bodySize", size);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
