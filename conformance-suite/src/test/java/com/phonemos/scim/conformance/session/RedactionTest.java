package com.phonemos.scim.conformance.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.Pseudonyms;
import com.phonemos.scim.conformance.har.Redaction;
import com.phonemos.scim.conformance.wire.Header;
import com.phonemos.scim.conformance.wire.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of sessions, and what stays. */
class RedactionTest {
  private static final String USERS = "https://scim.example/v2/Users";
  private static final byte[] KEY =
      "a key of some length, for tests".getBytes(StandardCharsets.UTF_8);

  private final Redaction redaction = new Redaction(Optional.empty());
  private final Redaction pseudonymising = new Redaction(Optional.of(new Pseudonyms(KEY)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\":\"hush-hush\"}",
        "{\"urn:ietf:params:scim:schemas:core:2.0:User:password\":\"hush-hush\"}",
        "{\"Operations\":[{\"op\":\"replace\",\"path\":\"password\",\"value\":\"hush-hush\"}]}",
        "{\"access_token\":\"hush-hush\",\"token_type\":\"Bearer\"}",
        "grant_type=client_credentials&client_id=a&client_secret=hush-hush",
        "grant_type=client_credentials&client%5Fassertion=hush-hush",
      })
  void aSecretInABodyIsNotKept(String body) {
    assertThat(texts(redaction.redacted(entry(USERS, body)))).noneMatch(RedactionTest::hush);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer hush-hush",
    "authorization, Basic YWRtaW46aHVzaC1odXNo",
    "Cookie, session=hush-hush",
    "Set-Cookie, session=hush-hush",
    "Location, https://scim.example/callback?token=hush-hush",
  })
  void aSecretInAHeaderIsNotKept(String name, String value) {
    // Given
    HarEntry shown =
        entry(USERS + "?access_token=hush-hush&count=1", "{\"title\":\"hush-hush\"}", name, value);
    // When
    HarEntry redacted = redaction.redacted(shown);
    // Then
    assertThat(redacted.url()).isEqualTo(USERS + "?access_token=[redacted]&count=1");
    assertThat(redacted.requestHeaders())
        .noneMatch(header -> hush(header.value()) || header.value().contains("aHVzaC1odXNo"));
    if (name.equalsIgnoreCase("Authorization")) {
      assertThat(texts(redacted)).noneMatch(RedactionTest::hush);
    }
  }

  @Test
  void whatHoldsNoSecretStaysToTheLetter() {
    // Given
    String body = "{ \"schemas\" : [],\n\"userName\":\"ada@contoso.example\" }";
    // Then
    assertThat(redaction.redacted(entry(USERS, body)).requestBody()).hasValue(body);
  }

  @Test
  void whetherAServerChangesPasswordsIsNoSecret() {
    // Given
    String body = "{\"changePassword\":{\"supported\":false}}";
    // Then
    assertThat(redaction.redacted(entry(USERS, body)).responseBody()).isEqualTo(body);
  }

  @Test
  void aPersonHasOnePseudonymWhereverItStands() {
    // Given
    String filter = "?filter=userName%20eq%20%22ada.king%40contoso.example%22";
    // When
    HarEntry redacted =
        pseudonymising.redacted(
            entry(
                USERS + filter,
                """
                {"userName":"ada.king@contoso.example","displayName":"Ada King",
                 "emails":[{"type":"work","value":"Ada.King@contoso.example"}],"id":"4711-ab"}\
                """));
    // Then
    JsonNode body = Json.read(redacted.requestBody().orElseThrow()).orElseThrow();
    String userName = body.path("userName").asText();
    String[] words = body.path("displayName").asText().split(" ");
    assertThat(texts(redacted)).noneMatch(RedactionTest::ada);
    assertThat(userName).startsWith((words[0] + "." + words[1] + "@").toLowerCase(Locale.ROOT));
    assertThat(body.at("/emails/0/value").asText()).startsWith(words[0] + "." + words[1] + "@");
    assertThat(body.at("/emails/0/type").asText()).isEqualTo("work");
    assertThat(body.path("id").asText()).isEqualTo("4711-ab");
    assertThat(URLDecoder.decode(redacted.url(), StandardCharsets.UTF_8))
        .isEqualTo(USERS + "?filter=userName eq \"" + userName + "\"");
  }

  @Test
  void twoPeopleStayTwo() {
    // When
    List<String> names =
        IntStream.range(0, 300)
            .mapToObj(number -> "{\"userName\":\"" + (char) (0x4E00 + number) + number + "\"}")
            .map(body -> pseudonymising.redacted(entry(USERS, body)).responseBody())
            .toList();
    // Then
    assertThat(names).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"emails\":[{\"value\":\"Ada\"}]}",
        "{\"Operations\":[{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"value\":\"Ada\"}]}]}",
        "{\"Operations\":[{\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"Ada\"}]}",
        "{\"Operations\":[{\"path\":\"emails[value eq \\\"Ada\\\"].type\",\"value\":\"home\"}]}",
        "{\"Operations\":[{\"value\":{\"emails[value eq \\\"Ada\\\"].primary\":true}}]}",
        "{\"Operations\":[{\"value\":{\"name.givenName\":\"Ada\"}}]}",
        "{\"Operations\":[{\"path\":\"urn:x:2.0:User:employeeNumber\",\"value\":\"Ada\"}]}",
        "{\"Operations\":[{\"path\":\"members\",\"value\":[{\"value\":\"1\",\"display\":\"Ada\"}]}]}",
        "{\"urn:acme:2.0:User\":{\"assistant\":\"ada@contoso.example\"}}",
        "{\"filter\":\"id eq \\\"1\\\" or userName sw \\\"Ada\\\"\"}",
        "{\"meta\":{\"location\":\"https://scim.example/v2/Users/ada@contoso.example\"}}",
        "{\"detail\":\"userName 'Ada' is taken\"}",
        "{\"detail\":\"The mailbox of ada@contoso.example is full\"}",
        "{\"userName\":\"Ada\",\"detail\":\"User Ada exists\"}",
      })
  void aPersonIsNotFoundAgain(String body) {
    assertThat(texts(pseudonymising.redacted(entry(USERS, body)))).noneMatch(RedactionTest::ada);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"active\":true}",
        "{\"members\":[{\"value\":\"2819c223-7f76-453a-919d-413861904646\",\"type\":\"User\"}]}",
        "{\"Operations\":[{\"op\":\"remove\",\"path\":\"members[value eq \\\"2819c223\\\"]\"}]}",
        "{\"filter\":\"id eq \\\"2819c223\\\" and emails.type eq \\\"work\\\"\"}",
        "{\"detail\":\"Attribute 'userName' is required\"}",
        "{\"meta\":{\"location\":\"https://scim.example/v2/Users/2819c223\"}}",
      })
  void whatIsNotAPersonStays(String body) {
    assertThat(pseudonymising.redacted(entry(USERS, body)).requestBody()).hasValue(body);
  }

  private static boolean hush(String text) {
    return text.contains("hush");
  }

  private static boolean ada(String text) {
    return text.toLowerCase(Locale.ROOT).contains("ada");
  }

  private static List<String> texts(HarEntry entry) {
    List<String> texts = new ArrayList<>(List.of(entry.url(), entry.responseBody()));
    entry.requestBody().ifPresent(texts::add);
    return texts;
  }

  private static HarEntry entry(String url, String body, String... header) {
    List<Header> headers =
        header.length == 0 ? List.of() : List.of(new Header(header[0], header[1]));
    return new HarEntry(
        Instant.parse("2026-11-25T10:00:00Z"),
        Duration.ofMillis(5),
        "POST",
        url,
        headers,
        Optional.of(body),
        201,
        List.of(new Header("ETag", "W/\"1\"")),
        "application/scim+json",
        body,
        "");
  }
}
