package com.phonemos.scim.idp.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.testing.RecordingServer.Fault;
import com.phonemos.scim.idp.wire.AttributePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VerifierTest {
  private static final Expectation NOTHING = new Expectation(List.of(), List.of());

  private final RecordingServer server = new RecordingServer();

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void everyKindOfDifferenceIsNamed() throws Exception {
    // Given
    server.seedUser("{\"userName\":\"joe@ex.org\",\"active\":false,\"title\":\"Cook\"}");
    server.seedUser("{\"userName\":\"eve@ex.org\"}");
    Expectation expected =
        new Expectation(
            List.of(
                new Expectation.User(
                    "Joe@ex.org", true, Map.of(new AttributePath("title"), "Chef")),
                new Expectation.User("ann@ex.org", true, Map.of())),
            List.of(new Expectation.Group("Team", Set.of())));
    // When
    List<Difference> differences = new Verifier(server.endpoint()).verify(expected);
    // Then
    assertThat(differences)
        .extracting(Difference::toString)
        .containsExactlyInAnyOrder(
            "user Joe@ex.org: active is false, expected true",
            "user Joe@ex.org: title is \"Cook\", expected \"Chef\"",
            "user eve@ex.org: unexpected, or there twice",
            "user ann@ex.org: missing",
            "group Team: missing");
  }

  @Test
  void allPagesAreRead() throws Exception {
    // Given
    for (int i = 0; i < 250; i++) {
      server.seedUser("{\"userName\":\"u" + i + "\"}");
    }
    // When
    List<Difference> differences = new Verifier(server.endpoint()).verify(NOTHING);
    // Then
    assertThat(differences).hasSize(250);
  }

  @Test
  void anEndpointThatCannotBeReadIsNotCalledEqual() {
    // Given
    server.fail(request -> Optional.of(Fault.of(500)));
    Verifier verifier = new Verifier(server.endpoint());
    // Then
    assertThatThrownBy(() -> verifier.verify(NOTHING))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("500");
  }
}
