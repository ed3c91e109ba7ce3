package com.phonemos.scim.idp.entra;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects that failed and when they are tried again: 6, 12 and 24 hours after the first failure,
 * then every 24 hours, and no more after 28 days [D E4].
 */
final class Escrow {
  private static final List<Duration> FIRST_RETRIES =
      List.of(Duration.ofHours(6), Duration.ofHours(12), Duration.ofHours(24));
  private static final Duration LATER = Duration.ofHours(24);
  private static final Duration GIVE_UP = Duration.ofDays(28);

  /** What can fail. */
  sealed interface Item {
    /** Whether it only refers to a user, as members and managers do. */
    default boolean reference() {
      return this instanceof Member || this instanceof Manager;
    }
  }

  /** A person's account. */
  record User(String personId) implements Item {}

  /** A group, without its members. */
  record Group(String groupId) implements Item {}

  /** That a person is, or no longer is, in a group. */
  record Member(String groupId, String personId) implements Item {}

  /** A person's manager. */
  record Manager(String personId) implements Item {}

  private record Entry(Instant firstFailure, int failures, Instant nextTry) {}

  private final Map<Item, Entry> entries = new ConcurrentHashMap<>();

  void failed(Item item, Instant now) {
    entries.compute(
        item,
        (key, entry) -> {
          Instant first = entry == null ? now : entry.firstFailure();
          int failures = entry == null ? 1 : entry.failures() + 1;
          return new Entry(first, failures, nextTry(first, failures, now));
        });
  }

  void succeeded(Item item) {
    entries.remove(item);
  }

  /** What is to be tried now; what has been tried for too long is forgotten. */
  List<Item> due(Instant now) {
    entries.values().removeIf(entry -> now.isAfter(entry.firstFailure().plus(GIVE_UP)));
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().nextTry().isAfter(now))
        .sorted(
            Comparator.comparing((Map.Entry<Item, Entry> entry) -> entry.getValue().firstFailure())
                .thenComparing(entry -> entry.getKey().toString()))
        .map(Map.Entry::getKey)
        .toList();
  }

  int size() {
    return entries.size();
  }

  void clear() {
    entries.clear();
  }

  private static Instant nextTry(Instant first, int failures, Instant now) {
    return failures <= FIRST_RETRIES.size()
        ? first.plus(FIRST_RETRIES.get(failures - 1))
        : now.plus(LATER);
  }
}
