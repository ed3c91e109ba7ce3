package com.phonemos.scim.engine.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a request of the corpus. A request whose first line names a version of HTTP is taken
 * as it is; any other is completed: base path, Host, token, media type and length.
 *
 * <p>In guillemets: {@code «0x00»} bytes, {@code «8000×text»} a repetition, {@code «length»} the
 * length of the body, and whatever the caller knows, such as {@code «token»}.
 */
final class RequestBytes {
  private static final Pattern PLACEHOLDER = Pattern.compile("«([^»]*)»");
  private static final String UNENCODED = " \"<>\\^`{|}[]";

  private final String basePath;
  private final UnaryOperator<String> values;

  /**
   * For one endpoint.
   *
   * @param values what a placeholder stands for
   */
  RequestBytes(String basePath, UnaryOperator<String> values) {
    this.basePath = basePath;
    this.values = values;
  }

  /** In parts, because some are too large to be one. */
  List<byte[]> of(String request) {
    int end = request.indexOf("\n\n");
    String head = end < 0 ? request : request.substring(0, end);
    byte[] body = end < 0 ? new byte[0] : fill(request.substring(end + 2));
    List<String> lines = head.lines().toList();
    String text =
        lines.getFirst().matches("(?s).* HTTP/\\d.*") ? raw(lines) : completed(lines, body.length);
    return List.of(
        fill(text.replace("«length»", Integer.toString(body.length)) + "\r\n\r\n"), body);
  }

  private static String raw(List<String> lines) {
    return String.join("\r\n", lines);
  }

  private String completed(List<String> lines, int length) {
    String[] target = lines.getFirst().split(" ", 2);
    StringBuilder text = new StringBuilder();
    text.append(target[0]).append(' ').append(basePath).append(encode(target[1]));
    text.append(" HTTP/1.1\r\nHost: «host»");
    List<String> given = lines.subList(1, lines.size());
    given.forEach(line -> text.append("\r\n").append(line));
    absent(given, "Authorization", text, "Bearer «token»");
    if (length > 0) {
      absent(given, "Content-Type", text, "application/scim+json");
      absent(given, "Content-Length", text, Integer.toString(length));
    }
    return text.toString();
  }

  private static void absent(List<String> given, String name, StringBuilder text, String value) {
    if (given.stream().noneMatch(line -> line.startsWith(name + ":"))) {
      text.append("\r\n").append(name).append(": ").append(value);
    }
  }

  /** What is easier to read unencoded; everything else is meant as it stands. */
  private static String encode(String target) {
    StringBuilder encoded = new StringBuilder();
    boolean placeholder = false;
    for (char c : target.toCharArray()) {
      placeholder = c == '«' || placeholder && c != '»';
      if (!placeholder && (UNENCODED.indexOf(c) >= 0 || c > 0x7e && c != '»')) {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  private byte[] fill(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int done = 0;
    while (matcher.find()) {
      bytes.writeBytes(text.substring(done, matcher.start()).getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(value(matcher.group(1)));
      done = matcher.end();
    }
    bytes.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private byte[] value(String name) {
    if (name.startsWith("0x")) {
      return HexFormat.of().parseHex(name.substring(2));
    }
    String[] repetition = name.split("×", 2);
    if (repetition.length == 2) {
      byte[] once = repetition[1].replace("\\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[once.length * Integer.parseInt(repetition[0])];
      for (int at = 0; at < all.length; at += once.length) {
        System.arraycopy(once, 0, all, at, once.length);
      }
      return all;
    }
    return values.apply(name).getBytes(StandardCharsets.UTF_8);
  }
}
