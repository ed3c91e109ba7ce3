package com.phonemos.scim.engine.scim.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{\"a\":",
        "{\"a\":1}x",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":0x1}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1/**/}",
        "{\"a\":1}//",
        "[]",
        "\"x\"",
        "null",
        "1",
        "\ufeff{}",
        "{\"a\":\"\u0000\"}",
      })
  void whatIsNoJsonObjectIsRefused(String body) {
    assertThat(refusal(body.getBytes(StandardCharsets.UTF_8))).isEqualTo("400 invalidSyntax");
  }

  @Test
  void otherEncodingsAreRefused() {
    assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16))).isEqualTo("400 invalidSyntax");
    assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16LE))).isEqualTo("400 invalidSyntax");
    // Not UTF-8, then an overlong slash
    assertThat(refusal(text(0xFF))).isEqualTo("400 invalidSyntax");
    assertThat(refusal(text(0xC0, 0xAF))).isEqualTo("400 invalidSyntax");
    // Half a surrogate pair
    assertThat(refusal(text(0xED, 0xA0, 0x80))).isEqualTo("400 invalidSyntax");
  }

  @Test
  void theLimitsHoldExactly() {
    // Depth
    Json.parseObject(nested(64));
    assertThat(refusal(nested(65))).isEqualTo("400 invalidSyntax");
    assertThat(refusal("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("400 invalidSyntax");
    // Texts
    Json.parseObject(member("\"" + "x".repeat(256 * 1024) + "\""));
    assertThat(refusal(member("\"" + "x".repeat(300 * 1024) + "\""))).isEqualTo("400 invalidValue");
    // Numbers
    Json.parseObject(member("9".repeat(100)));
    assertThat(refusal(member("9".repeat(101)))).isEqualTo("400 invalidSyntax");
    assertThat(refusal(member("9".repeat(10_000)))).isEqualTo("400 invalidSyntax");
    // Names
    assertThat(refusal(("{\"" + "n".repeat(2_000) + "\":1}").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("400 invalidSyntax");
  }

  @Test
  void manyNamesAreRead() {
    String members =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"a" + i + "\":1")
            .collect(Collectors.joining(","));

    assertThat(Json.parseObject(("{" + members + "}").getBytes(StandardCharsets.UTF_8)))
        .hasSize(100_000);
  }

  @Test
  void aRefusalSaysWhereAndWhyButNotWhat() {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(
            () -> Json.parse("{\n \"a\":1, \"a\":\"secret\"}".getBytes(StandardCharsets.UTF_8)))
        .satisfies(refused ->
            assertThat(refused.error().detail())
                .contains("line 2")
                .contains("occurs twice")
                .doesNotContain("secret"));
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> Json.parse("{\"a\":secret}".getBytes(StandardCharsets.UTF_8)))
        .satisfies(refused ->
            assertThat(refused.error().detail()).contains("line 1").doesNotContain("secret"));
  }

  private static byte[] nested(int depth) {
    return ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] member(String value) {
    return ("{\"a\":" + value + "}").getBytes(StandardCharsets.UTF_8);
  }

  /** An object whose one text has these bytes. */
  private static byte[] text(int... bytes) {
    byte[] body = new byte[8 + bytes.length];
    System.arraycopy(new byte[] {'{', '"', 'a', '"', ':', '"'}, 0, body, 0, 6);
    for (int i = 0; i < bytes.length; i++) {
      body[6 + i] = (byte) bytes[i];
    }
    body[6 + bytes.length] = '"';
    body[7 + bytes.length] = '}';
    return body;
  }

  private static String refusal(byte[] body) {
    String[] refusal = new String[1];
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> Json.parseObject(body))
        .satisfies(refused ->
            refusal[0] =
                refused.error().status()
                    + " "
                    + refused.error().type().map(ScimType::keyword).orElse("-"));
    return refusal[0];
  }
}
