package com.phonemos.scim.conformance.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.conformance.Catalogue;
import com.phonemos.scim.conformance.suite.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked in of servers that are not ours: whole, explained, and as the README says. */
class PeerReportsTest {
  private static final List<String> PEERS = List.of("scimmy", "scim-sdk", "keycloak");
  private static final List<String> PROFILES = List.of("rfc", "entra", "okta");

  @ParameterizedTest
  @ValueSource(strings = {"scimmy", "scim-sdk", "keycloak"})
  void everyFailureOfAPeerIsExplainedOnceAndNoneThatIsNot(String peer) throws IOException {
    // Given
    List<String> failed =
        cases(peer)
            .filter(one -> one.path("verdict").asText().equals("fail"))
            .map(PeerReportsTest::id)
            .toList();
    // When
    List<String> explained = new ArrayList<>();
    for (JsonNode finding : read("findings", peer)) {
      assertThat(finding.path("fact").asText()).isNotBlank();
      finding.path("cases").forEach(id -> explained.add(id.asText()));
    }
    // Then
    assertThat(explained).containsExactlyInAnyOrderElementsOf(failed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scimmy", "scim-sdk", "keycloak"})
  void aReportIsOfTheCasesOfToday(String peer) throws IOException {
    // When
    Map<String, String> levels =
        cases(peer)
            .collect(Collectors.toMap(PeerReportsTest::id, one -> one.path("level").asText()));
    // Then
    assertThat(levels)
        .isEqualTo(
            Catalogue.cases().stream()
                .filter(one -> PROFILES.contains(one.profile().key()))
                .collect(Collectors.toMap(Case::id, one -> one.level().name())));
  }

  @Test
  void theMatrixOfTheReadmeIsThatOfTheReports() throws IOException {
    // When
    String readme = Files.readString(Path.of("README.md"));
    // Then
    for (String peer : PEERS) {
      StringBuilder row = new StringBuilder("| " + read("reports", peer).path("label").asText());
      for (String profile : PROFILES) {
        row.append(" | ").append(count(peer, profile, "pass"));
        row.append(" · ").append(count(peer, profile, "non-strict"));
        row.append(" · ").append(count(peer, profile, "fail"));
        row.append(" · ").append(count(peer, profile, "skipped"));
      }
      assertThat(readme).contains(row.append(" |").toString());
    }
  }

  private static long count(String peer, String profile, String verdict) throws IOException {
    return cases(peer)
        .filter(one -> one.path("profile").asText().equals(profile))
        .filter(one -> one.path("verdict").asText().equals(verdict))
        .count();
  }

  private static Stream<JsonNode> cases(String peer) throws IOException {
    return StreamSupport.stream(read("reports", peer).path("cases").spliterator(), false);
  }

  private static JsonNode read(String folder, String peer) throws IOException {
    return new ObjectMapper().readTree(Path.of("peers", folder, peer + ".json").toFile());
  }

  private static String id(JsonNode one) {
    return one.path("id").asText();
  }
}
