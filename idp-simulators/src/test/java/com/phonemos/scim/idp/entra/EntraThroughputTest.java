package com.phonemos.scim.idp.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.testing.NoOpServer;
import com.phonemos.scim.idp.wire.Purpose;
import org.junit.jupiter.api.Test;

final class EntraThroughputTest {
  /**
   * The floor leaves room for a machine that is busy with something else; the README says what an
   * idle one reaches.
   */
  private static final double FLOOR_PER_SECOND = 1_000;

  @Test
  void anInitialCycleOfTenThousandPeopleIsFast() {
    // Given
    Directory directory = new Directory(Company.generate(new CompanySpec(1, 10_000, 200, 3)));
    try (NoOpServer server = new NoOpServer();
        Entra entra =
            Entra.connect(server.endpoint(), EntraOptions.defaults().withParallel(64), directory)) {
      // When
      CycleReport report = entra.initialCycle();
      // Then
      assertThat(report.clean()).isTrue();
      assertThat(report.requestCount(Purpose.MEMBER_ADD)).isEqualTo(30_000);
      assertThat(report.requestsPerSecond()).as(report.summary()).isGreaterThan(FLOOR_PER_SECOND);
    }
  }
}
