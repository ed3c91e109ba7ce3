package com.phonemos.scim.conformance.record;

import com.phonemos.scim.conformance.wire.Header;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What passed through in one direction, up to a limit. */
final class BodyCopy {
  /** Bytes of a body that are kept at most. */
  static final int MOST = 16 * 1_024 * 1_024;

  private final Buffer kept = Buffer.buffer();
  private boolean truncated;

  void add(Buffer chunk) {
    int room = MOST - kept.length();
    truncated |= chunk.length() > room;
    kept.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
  }

  boolean truncated() {
    return truncated;
  }

  /** As text; what was compressed on the wire is read here and stays compressed there. */
  String text(MultiMap headers) {
    if (!"gzip".equalsIgnoreCase(headers.get("Content-Encoding"))) {
      return kept.toString(StandardCharsets.UTF_8);
    }
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(kept.getBytes()))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      return "";
    }
  }

  static List<Header> headers(MultiMap headers) {
    List<Header> list = new ArrayList<>();
    headers.forEach(each -> list.add(new Header(each.getKey(), each.getValue())));
    return list;
  }
}
