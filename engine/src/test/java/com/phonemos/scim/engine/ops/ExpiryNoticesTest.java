package com.phonemos.scim.engine.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.store.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExpiryNoticesTest {
  private static final Instant END = Instant.parse("2030-06-30T12:00:00Z");

  private final ExpiryNotices notices = new ExpiryNotices();
  private final Fleet.Expiring token = new Fleet.Expiring("acme", UUID.randomUUID(), END);

  @Test
  void aTokenIsToldOf30And14And3AndOneDayBeforeItEndsAndWhenItHas() {
    // When
    List<String> told = new ArrayList<>();
    for (int hours = 40 * 24; hours >= -5; hours--) {
      long left = hours;
      notices
          .due(List.of(token), END.minus(Duration.ofHours(left)))
          .forEach(notice -> told.add(notice.days() + " at " + left));
    }
    // Then
    assertThat(told).containsExactly("30 at 720", "14 at 336", "3 at 72", "1 at 24", "0 at 0");
  }

  @Test
  void aProcessThatStartsLateTellsOnlyTheLatest() {
    assertThat(notices.due(List.of(token), END.minus(Duration.ofDays(2))))
        .extracting(ExpiryNotices.Notice::days)
        .containsExactly(3);
  }

  @Test
  void whatWasExtendedIsToldOfAgain() {
    // Given
    Instant now = END.minus(Duration.ofHours(5));
    notices.due(List.of(token), now);
    notices.due(List.of(), now);
    // Then
    assertThat(notices.due(List.of(token), now)).hasSize(1);
  }
}
