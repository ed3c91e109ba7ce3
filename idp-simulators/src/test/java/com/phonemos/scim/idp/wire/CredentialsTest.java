package com.phonemos.scim.idp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import com.phonemos.scim.idp.testing.RecordingServer.Recorded;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a simulator shows in Authorization, and where it gets it. */
final class CredentialsTest {
  private final RecordingServer server = new RecordingServer();
  private final URI tokens = server.endpoint().base().resolve("/oauth/token");

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void httpBasic() {
    // When
    send(new Credentials.Basic("idp", "open:sesame"), 1);
    // Then, RFC 7617
    assertThat(authorizations()).containsExactly("Basic aWRwOm9wZW46c2VzYW1l");
  }

  @Test
  void aClientShowsItsSecretByHttpBasic() {
    // Given
    grant("{\"access_token\":\"at-%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    // When
    send(new Credentials.ClientSecret(tokens, "idp", "open sesame"), 2);
    // Then, RFC 6749 §2.3.1, §4.4.2 [R E11]
    List<Recorded> sent = server.take();
    assertThat(sent)
        .extracting(Recorded::toString)
        .containsExactly(
            "POST /oauth/token\n  grant_type=client_credentials",
            "GET /scim/v2/Users",
            "GET /scim/v2/Users");
    assertThat(sent)
        .extracting(CredentialsTest::authorization)
        .containsExactly("Basic aWRwOm9wZW4rc2VzYW1l", "Bearer at-1", "Bearer at-1");
  }

  @Test
  void aFederatedClientShowsAnAssertion() {
    // Given
    grant("{\"access_token\":\"at-%d\",\"token_type\":\"Bearer\"}");
    // When
    AtomicInteger made = new AtomicInteger();
    send(new Credentials.ClientAssertion(tokens, () -> "h.p." + made.incrementAndGet()), 3);
    // Then, RFC 7523 §2.2 [R E11]
    List<Recorded> sent = server.take();
    assertThat(sent.getFirst().body())
        .isEqualTo(
            "grant_type=client_credentials&client_assertion_type="
                + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                + "&client_assertion=h.p.1");
    assertThat(authorization(sent.getFirst())).isEmpty();
    assertThat(authorization(sent.getLast())).isEqualTo("Bearer at-1");
    assertThat(made).as("assertions, of which each token needs one").hasValue(1);
  }

  @Test
  void anAccessTokenIsRenewedBeforeItEnds() {
    // Given
    grant("{\"access_token\":\"at-%d\",\"token_type\":\"Bearer\",\"expires_in\":20}");
    // When
    send(new Credentials.ClientSecret(tokens, "idp", "sesame"), 2);
    // Then
    assertThat(authorizations())
        .filteredOn(shown -> shown.startsWith("Bearer"))
        .containsExactly("Bearer at-1", "Bearer at-2");
  }

  @Test
  void anAccessTokenThatIsRefusedIsNotShownAgain() {
    // Given
    AtomicInteger granted = new AtomicInteger();
    server.fail(request ->
        request.target().equals("/oauth/token")
            ? Optional.of(granted("{\"access_token\":\"at-%d\"}", granted.incrementAndGet()))
            : authorization(request).equals("Bearer at-1")
                ? Optional.of(Fault.of(401))
                : Optional.empty());
    // When
    List<ScimAnswer> answers = send(new Credentials.ClientSecret(tokens, "idp", "sesame"), 2);
    // Then
    assertThat(answers).extracting(ScimAnswer::status).containsExactly(401, 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "no JSON", "{\"access_token\":7}"})
  void withoutAnAccessTokenNothingIsAsked(String answer) {
    // Given
    server.fail(request -> Optional.of(new Fault(200, answer, Map.of())));
    // When
    ScimAnswer got = send(new Credentials.ClientSecret(tokens, "idp", "sesame"), 1).getFirst();
    // Then
    assertThat(got.describe()).isEqualTo("no answer: the token endpoint gave none: 200");
    assertThat(server.take()).hasSize(1);
  }

  @Test
  void aRefusedClientIsToldWhy() {
    // Given
    server.fail(request -> Optional.of(new Fault(401, "{\"error\":\"invalid_client\"}", Map.of())));
    // When
    ScimAnswer got = send(new Credentials.ClientSecret(tokens, "idp", "no"), 1).getFirst();
    // Then
    assertThat(got.describe()).endsWith("gave none: 401 invalid_client");
  }

  private void grant(String answer) {
    AtomicInteger granted = new AtomicInteger();
    server.fail(request ->
        request.target().equals("/oauth/token")
            ? Optional.of(granted(answer, granted.incrementAndGet()))
            : Optional.empty());
  }

  private static Fault granted(String answer, int number) {
    return new Fault(200, answer.formatted(number), Map.of("Content-Type", "application/json"));
  }

  private List<ScimAnswer> send(Credentials credentials, int times) {
    Endpoint endpoint = new Endpoint(server.endpoint().base(), credentials);
    HeaderLayout layout =
        (where, authorization, request, length) ->
            List.of(
                new Header("Authorization", authorization), new Header("Host", where.authority()));
    try (ScimClient client =
        new ScimClient(endpoint, layout, new Connection(1, Duration.ofSeconds(10), false))) {
      return IntStream.range(0, times)
          .mapToObj(i -> client.send(ScimRequest.get(Purpose.IMPORT, "/Users")))
          .toList();
    }
  }

  private List<String> authorizations() {
    return server.take().stream().map(CredentialsTest::authorization).toList();
  }

  private static String authorization(Recorded request) {
    return request.headers().stream()
        .filter(header -> header.getKey().equals("Authorization"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
