package com.phonemos.scim.engine.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Keeps every connection busy with one request at a time, on one thread.
 *
 * <p>Bare sockets, because a client that costs as much as the server would measure itself. It
 * understands as much of HTTP/1.1 as the endpoint answers with: a status, a length, a body.
 */
final class HttpLoad {
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  private static final byte[] LAST_CHUNK = {'\r', '\n', '0', '\r', '\n', '\r', '\n'};
  private static final String CHUNKED = "\r\ntransfer-encoding: chunked";
  private static final String CONTENT_LENGTH = "\r\ncontent-length:";
  private static final String LOCATION = "\r\nlocation:";
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int SHOWN = 500;

  private final HttpRequests requests;
  private final Samples samples;
  private final Selector selector;
  private final List<Line> lines = new ArrayList<>();
  private int busy;

  private HttpLoad(Step step, Workload.Http workload) throws IOException {
    this.requests = HttpRequests.of(workload);
    this.selector = Selector.open();
    for (int client = 0; client < step.clients(); client++) {
      lines.add(new Line(client, workload.port()));
    }
    this.samples = new Samples(step);
  }

  /**
   * Runs a step.
   *
   * @throws IllegalStateException when anything but success is answered
   */
  static Measurement run(Step step, Workload.Http workload) throws IOException {
    HttpLoad load = new HttpLoad(step, workload);
    try {
      return load.run();
    } finally {
      load.close();
    }
  }

  private Measurement run() throws IOException {
    for (Line line : lines) {
      line.send();
    }
    while (busy > 0) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        ((Line) key.attachment()).receive();
      }
      selector.selectedKeys().clear();
    }
    return samples.measurement();
  }

  private void close() throws IOException {
    for (Line line : lines) {
      line.channel.close();
    }
    selector.close();
  }

  /** One connection: a request goes out, its answer comes in, then the next. */
  private final class Line {
    private final int client;
    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(1 << 14);
    private long turn;
    private long sent;
    private boolean counts;
    private String location = "";

    /** Length of head and body; 0 until the head is there. */
    private int expected;

    /** Whether the body comes in chunks, so that only the last one tells its end. */
    private boolean chunked;

    Line(int client, int port) throws IOException {
      this.client = client;
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send() throws IOException {
      HttpRequests.Request request = requests.next(client, turn++, location);
      counts = request.counts();
      busy++;
      sent = System.nanoTime();
      ByteBuffer out = ByteBuffer.wrap(request.bytes());
      // One request is far smaller than the socket's buffer, which is empty: once is enough.
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    void receive() throws IOException {
      if (!in.hasRemaining()) {
        in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
      }
      if (channel.read(in) < 0) {
        throw new EOFException("Expected an answer, but the connection was closed");
      }
      if (expected == 0) {
        expected = expected();
      }
      if (isWhole()) {
        answered();
      }
    }

    private boolean isWhole() {
      return chunked ? endsWith(LAST_CHUNK) : expected > 0 && in.position() >= expected;
    }

    /** JSON has no line breaks, so nothing but the last chunk looks like it. */
    private boolean endsWith(byte[] end) {
      int start = in.position() - end.length;
      return start >= 0 && Arrays.equals(in.array(), start, in.position(), end, 0, end.length);
    }

    private void answered() throws IOException {
      long now = System.nanoTime();
      busy--;
      if (in.get(STATUS_AT) != '2') {
        String answer = new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
        throw new IllegalStateException(
            "Expected success, but the answer is "
                + answer.substring(0, Math.min(SHOWN, answer.length())));
      }
      if (counts) {
        samples.add(sent, now);
      }
      in.clear();
      expected = 0;
      chunked = false;
      if (!samples.over(now)) {
        send();
      }
    }

    private int expected() {
      byte[] bytes = in.array();
      int end = in.position() - END_OF_HEAD.length;
      for (int at = 0; at <= end; at++) {
        if (bytes[at] == '\r'
            && bytes[at + 1] == '\n'
            && bytes[at + 2] == '\r'
            && bytes[at + 3] == '\n') {
          return at + END_OF_HEAD.length + contentLength(at);
        }
      }
      return 0;
    }

    private int contentLength(int headLength) {
      String head =
          new String(in.array(), 0, headLength, StandardCharsets.ISO_8859_1)
              .toLowerCase(Locale.ROOT);
      location = value(head, LOCATION);
      chunked = head.contains(CHUNKED);
      String length = value(head, CONTENT_LENGTH);
      return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private static String value(String head, String name) {
      int at = head.indexOf(name);
      if (at < 0) {
        return "";
      }
      int end = head.indexOf('\r', at + name.length());
      return head.substring(at + name.length(), end < 0 ? head.length() : end).strip();
    }
  }
}
