package com.phonemos.scim.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.conformance.Catalogue;
import com.phonemos.scim.conformance.suite.Case;
import com.phonemos.scim.conformance.suite.CaseResult;
import com.phonemos.scim.conformance.suite.Runner;
import com.phonemos.scim.conformance.suite.Selection;
import com.phonemos.scim.conformance.suite.Server;
import com.phonemos.scim.conformance.suite.Verdict;
import com.phonemos.scim.conformance.wire.ScimClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite, checked itself: it finds every fault, and none where there is none. */
class FaultTest {
  private static final long SEED = 7643;

  @Test
  void aRightServerPassesEveryCase() {
    // When
    List<CaseResult> results = run(Fault.NONE, Catalogue.cases());
    // Then
    assertThat(results)
        .filteredOn(result -> !(result.verdict() instanceof Verdict.Pass))
        .filteredOn(result -> !(result.verdict() instanceof Verdict.Informational))
        .extracting(result -> result.checked().id() + ": " + result.verdict())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyFaultIsCaught(Fault fault) {
    // When
    List<CaseResult> results =
        run(
            fault,
            new Selection(Set.of(), List.of(fault.section()), Set.of(), Set.of())
                .from(Catalogue.cases()));
    // Then
    assertThat(results)
        .as("cases that are not met")
        .anyMatch(result ->
            result.verdict() instanceof Verdict.Fail
                || result.verdict() instanceof Verdict.NonStrict);
  }

  private static List<CaseResult> run(Fault fault, List<Case> cases) {
    try (ReferenceServer reference = ReferenceServer.start(fault)) {
      ScimClient client = new ScimClient(URI.create(reference.base()), Duration.ofSeconds(10));
      Server server =
          Server.discover(client, ReferenceServer.FIRST, Optional.of(ReferenceServer.SECOND));
      return new Runner(server, new Random(SEED), result -> {}).run(cases);
    }
  }
}
