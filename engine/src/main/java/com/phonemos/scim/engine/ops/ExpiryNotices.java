package com.phonemos.scim.engine.ops;

import com.phonemos.scim.engine.store.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Of which tokens is to be told that they end: each one 30, 14, 3 and 1 days before and when it has
 * ended, once in the life of a process. For use on one event loop.
 */
final class ExpiryNotices {
  private static final List<Integer> DAYS = List.of(0, 1, 3, 14, 30);

  /** The shortest time each token was told of. */
  private final Map<UUID, Integer> told = new HashMap<>();

  /**
   * What to tell.
   *
   * @param days within which the token ends; 0: it has ended
   */
  record Notice(Fleet.Expiring token, int days) {}

  /**
   * What is to be told now.
   *
   * @param expiring all that end soon; what is not among them any more is forgotten
   */
  List<Notice> due(List<Fleet.Expiring> expiring, Instant now) {
    told.keySet().retainAll(expiring.stream().map(Fleet.Expiring::token).toList());
    List<Notice> notices = new ArrayList<>();
    for (Fleet.Expiring token : expiring) {
      Duration left = Duration.between(now, token.expires());
      DAYS.stream()
          .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
          .findFirst()
          .filter(days -> days < told.getOrDefault(token.token(), Integer.MAX_VALUE))
          .ifPresent(days -> {
            told.put(token.token(), days);
            notices.add(new Notice(token, days));
          });
    }
    return notices;
  }
}
