package com.phonemos.scim.engine.corpus;

import com.phonemos.scim.engine.corpus.CorpusRow.Exchange;
import com.phonemos.scim.engine.corpus.RawConnection.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row over its connection: what an answer tells, such as an id, fills the requests after it. */
final class Conversation implements AutoCloseable {
  private static final String NEXT_REQUEST =
      "GET /scim/v2/ServiceProviderConfig HTTP/1.1\nHost: localhost";
  private static final Pattern NEXT_CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");

  private final CorpusWorld world;
  private final Map<String, String> known = new HashMap<>();
  private final RawConnection connection;

  Conversation(CorpusWorld world, CorpusRow row) throws IOException {
    this.world = world;
    this.connection =
        new RawConnection(world.port(), row.exchanges().getFirst().from().orElse("127.0.0.1"));
  }

  /** The bytes of a request; makes the resources that it speaks of. */
  List<byte[]> request(Exchange exchange) {
    return exchange.request().isEmpty() ? List.of() : bytes(exchange.request());
  }

  Answer answer(List<byte[]> request) throws IOException {
    connection.send(request);
    Answer answer = connection.receive();
    String location = answer.header("Location");
    if (answer.status() == 201) {
      known.put("id", location.substring(location.lastIndexOf('/') + 1));
      known.put("etag", answer.header("ETag"));
    }
    Matcher next = NEXT_CURSOR.matcher(answer.text());
    if (next.find()) {
      known.put("nextCursor", next.group(1));
    }
    return answer;
  }

  /** Whether the connection ends after a request, without an answer. */
  boolean endsAfter(List<byte[]> request) throws IOException {
    connection.send(request);
    return ends();
  }

  /** Whether the connection ends, within a bounded time. */
  boolean ends() throws IOException {
    return connection.ends();
  }

  /** The status of a good request over the same connection. */
  int next() throws IOException {
    connection.send(bytes(NEXT_REQUEST));
    return connection.receive().status();
  }

  /** What an expectation stands for. */
  String filled(String expected) {
    return known.getOrDefault(expected.replaceAll("^«|»$", ""), expected);
  }

  private List<byte[]> bytes(String request) {
    return new RequestBytes("/scim/v2", this::value).of(request);
  }

  /** A name of the row's own stands for the same thing all through it. */
  private String value(String name) {
    String value = known.get(name);
    if (value != null) {
      return value;
    }
    String made = world.value(name.replaceFirst(" \\d$", ""));
    if (!name.equals("name")) {
      known.put(name, made);
    }
    return made;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
