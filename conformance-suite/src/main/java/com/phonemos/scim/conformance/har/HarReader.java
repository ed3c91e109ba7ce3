package com.phonemos.scim.conformance.har;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.phonemos.scim.conformance.wire.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads an archive one entry at a time, whoever wrote it: this suite, {@code idp-sim}, a browser,
 * mitmproxy. An archive that ends in the middle of an entry ends before that entry.
 */
public final class HarReader implements AutoCloseable {
  private static final int LONGEST_STRING = 100_000_000;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(LONGEST_STRING)
                          .maxDocumentLength(-1)
                          .build())
                  .build())
          .build();

  private final JsonParser parser;

  private HarReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Opens an archive.
   *
   * @throws IOException if there is none, or it has no {@code log.entries}
   */
  public static HarReader open(Path file) throws IOException {
    JsonParser parser = JSON.getFactory().createParser(Files.newInputStream(file));
    while (parser.nextToken() != null) {
      boolean here =
          parser.currentToken() == JsonToken.FIELD_NAME && "entries".equals(parser.currentName());
      if (here && parser.nextToken() == JsonToken.START_ARRAY) {
        return new HarReader(parser);
      }
    }
    parser.close();
    throw new IOException("Expected an HTTP archive with log.entries, but " + file + " has none");
  }

  /** The next entry; empty at the end. */
  public Optional<HarEntry> next() throws IOException {
    try {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? Optional.of(entry(JSON.readTree(parser)))
          : Optional.empty();
    } catch (JsonEOFException truncated) {
      return Optional.empty();
    }
  }

  /** Bytes read so far. */
  public long position() {
    return Math.max(0, parser.currentLocation().getByteOffset());
  }

  /** All of them, for sessions that are small. */
  public static List<HarEntry> all(Path file) throws IOException {
    List<HarEntry> all = new ArrayList<>();
    try (HarReader reader = open(file)) {
      for (Optional<HarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        all.add(next.get());
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private static HarEntry entry(JsonNode node) {
    JsonNode request = node.path("request");
    JsonNode response = node.path("response");
    JsonNode content = response.path("content");
    return new HarEntry(
        moment(node.path("startedDateTime").asText()),
        Duration.ofNanos((long) (Math.max(0, node.path("time").asDouble()) * 1e6)),
        request.path("method").asText(),
        request.path("url").asText(),
        headers(request.path("headers")),
        Optional.of(text(request.path("postData"))).filter(body -> !body.isEmpty()),
        response.path("status").asInt(),
        headers(response.path("headers")),
        content.path("mimeType").asText(),
        text(content),
        node.path("comment").asText());
  }

  private static String text(JsonNode content) {
    String text = content.path("text").asText();
    return content.path("encoding").asText().equals("base64")
        ? new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8)
        : text;
  }

  private static List<Header> headers(JsonNode list) {
    List<Header> headers = new ArrayList<>();
    list.forEach(
        each -> headers.add(new Header(each.path("name").asText(), each.path("value").asText())));
    return headers;
  }

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException foreign) {
      return Instant.EPOCH;
    }
  }
}
