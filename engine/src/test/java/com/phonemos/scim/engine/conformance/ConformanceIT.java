package com.phonemos.scim.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.conformance.Catalogue;
import com.phonemos.scim.conformance.report.ReportFiles;
import com.phonemos.scim.conformance.report.RunReport;
import com.phonemos.scim.conformance.suite.CaseResult;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Runner;
import com.phonemos.scim.conformance.suite.Selection;
import com.phonemos.scim.conformance.suite.Server;
import com.phonemos.scim.conformance.wire.ScimClient;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite: 100 % of MUST, and of SHOULD. */
class ConformanceIT {
  private static final long SEED = 7644;

  private final ScimTenant tenant = TestEngine.tenant();

  @ParameterizedTest
  @EnumSource
  void everyCaseOfTheProfileIsMet(Profile profile) throws IOException {
    // Given
    if (profile == Profile.IPSIE) {
      tenant.decide(TestEngine.database(), List.of("dialect=strict"));
    }
    Server server =
        Server.discover(
            new ScimClient(URI.create(tenant.base()), Duration.ofSeconds(30)),
            tenant.token(),
            Optional.of(TestEngine.tenant().token()));
    Instant startedAt = Instant.now();
    // When
    List<CaseResult> results =
        new Runner(server, new Random(SEED), result -> {})
            .run(Selection.of(profile).from(Catalogue.cases()));
    // Then
    RunReport report =
        RunReport.of(
            server,
            "Phonemos SCIM",
            startedAt,
            Duration.between(startedAt, Instant.now()),
            results,
            verdict -> true);
    ReportFiles.html(report, Path.of("target", "conformance", profile.key() + ".html"));
    assertThat(report.cases())
        .filteredOn(one -> one.verdict().equals("fail") || one.verdict().equals("non-strict"))
        .extracting(one -> one.id() + ": expected " + one.expected() + ", actual " + one.actual())
        .isEmpty();
    assertThat(report.count("pass")).isGreaterThan(report.count("skipped"));
  }
}
