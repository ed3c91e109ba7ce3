package com.phonemos.scim.engine.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the next pages of recent lists start, and how many resources they have: what a client that
 * walks by {@code startIndex} asks next is answered without counting through all that came before.
 * It may forget at any time, and what it knows holds for one revision of the tenant: whoever asks
 * it checks that.
 *
 * <p>Not shared: one instance per event loop.
 */
final class PageMemory {
  /** Least recently used first. */
  private final Map<Object, Remembered> entries;

  /**
   * What is known of a place in a list.
   *
   * @param revision of the tenant when this was so
   * @param position of the resource before the place
   * @param total of the whole list
   */
  record Remembered(long revision, Position position, long total) {}

  /** A list, whatever page of it. */
  private record Place(List<Object> list, long number) {
    Place(ListRequest request, long number) {
      this(
          List.of(request.tenant(), request.selections(), request.descending(), request.base()),
          number);
    }
  }

  PageMemory(int capacity) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Remembered> eldest) {
            return size() > capacity;
          }
        };
  }

  /** What is known of the resource with a number in a list. */
  Optional<Remembered> at(ListRequest request, long number) {
    return Optional.ofNullable(entries.get(new Place(request, number)));
  }

  void remember(ListRequest request, long number, Remembered remembered) {
    entries.put(new Place(request, number), remembered);
  }
}
