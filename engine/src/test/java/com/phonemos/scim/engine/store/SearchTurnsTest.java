package com.phonemos.scim.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SearchTurnsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final int SHARE = 2;

  private final TenantId busy = new TenantId(UUID.randomUUID());
  private final TenantId other = new TenantId(UUID.randomUUID());
  private final List<Promise<String>> begun = new ArrayList<>();

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aTenantThatSearchesWithoutEndLeavesTheOthersTheirTurn() throws Exception {
    // Given
    SearchTurns turns = new SearchTurns(VERTX, SHARE, Duration.ofMinutes(1));
    for (int i = 0; i < 10; i++) {
      search(turns, busy);
    }
    // When
    Future<String> found = turns.take(other, () -> Future.succeededFuture("found"));
    // Then
    assertThat(begun).hasSize(SHARE);
    assertThat(found.await(10, TimeUnit.SECONDS)).isEqualTo("found");
  }

  @Test
  void itsOwnSearchesAreDoneOneAfterTheOther() throws Exception {
    // Given
    SearchTurns turns = new SearchTurns(VERTX, SHARE, Duration.ofMinutes(1));
    search(turns, busy);
    Future<String> failing = search(turns, busy);
    Future<String> third = turns.take(busy, () -> Future.succeededFuture("third"));
    Future<String> fourth = turns.take(busy, () -> Future.succeededFuture("fourth"));
    assertThat(third.isComplete()).isFalse();
    // When: one that fails makes room as one that succeeds does
    begun.get(1).fail("broken");
    // Then
    assertThat(third.await(10, TimeUnit.SECONDS)).isEqualTo("third");
    assertThat(fourth.await(10, TimeUnit.SECONDS)).isEqualTo("fourth");
    assertThat(failing.failed()).isTrue();
  }

  @Test
  void aTurnThatDoesNotComeIsRefusedAndTakesNoPlace() throws Exception {
    // Given
    SearchTurns turns = new SearchTurns(VERTX, SHARE, Duration.ofMillis(20));
    search(turns, busy);
    search(turns, busy);
    // When
    Future<String> late = turns.take(busy, () -> Future.succeededFuture("late"));
    // Then
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> late.await(10, TimeUnit.SECONDS))
        .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(429));
    // When
    begun.forEach(search -> search.complete("done"));
    // Then
    for (int i = 0; i < SHARE + 1; i++) {
      search(turns, busy);
    }
    assertThat(begun).hasSize(2 * SHARE);
  }

  /** One that goes on until its promise is kept. */
  private Future<String> search(SearchTurns turns, TenantId tenant) {
    return turns.take(
        tenant,
        () -> {
          Promise<String> promise = Promise.promise();
          begun.add(promise);
          return promise.future();
        });
  }
}
