package com.phonemos.scim.idp.directory;

import com.phonemos.scim.idp.cycle.SimulationClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The source of truth: people and groups, and everything that happens to them. It sends nothing; a
 * provisioning engine asks it what has changed.
 *
 * <p>May be used by several threads; every method is one step.
 */
public final class Directory {
  /** How long a deleted person stays in the recycle bin. Entra [D E3]. */
  public static final Duration RECYCLE_BIN = Duration.ofDays(30);

  private final SimulationClock clock;
  private final Map<String, PersonEntry> people = new LinkedHashMap<>();
  private final Map<String, GroupEntry> groups = new LinkedHashMap<>();
  private final Map<String, Long> changes = new LinkedHashMap<>();
  private long revision;

  /** The directory of a company in which everyone has the application; it runs in real time. */
  public Directory(Company company) {
    this(company, SimulationClock.real());
  }

  /** The directory of a company in which everyone has the application. */
  public Directory(Company company, SimulationClock clock) {
    this.clock = clock;
    company.people().forEach(this::hire);
    company.groups().forEach(team -> createGroup(team.id(), team.displayName(), team.members()));
  }

  /** The directory's calendar. */
  public SimulationClock clock() {
    return clock;
  }

  /** Adds a person who has the application. */
  public synchronized PersonEntry hire(Person person) {
    PersonEntry entry = new PersonEntry(this, person);
    people.put(person.id(), entry);
    touch(person.id());
    return entry;
  }

  /** Creates a group that has the application. */
  public synchronized GroupEntry createGroup(String id, String displayName, Set<String> members) {
    GroupEntry entry = new GroupEntry(this, id, displayName, members);
    groups.put(id, entry);
    touch(id);
    return entry;
  }

  /**
   * The person with this identifier.
   *
   * @throws NoSuchElementException if there is none
   */
  public synchronized PersonEntry person(String id) {
    return found(people.get(id), id);
  }

  /**
   * The person who signs in with this name, in any letter case.
   *
   * @throws NoSuchElementException if there is none
   */
  public synchronized PersonEntry personNamed(String userName) {
    return people.values().stream()
        .filter(entry -> entry.state().person().userName().equalsIgnoreCase(userName))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("No person has this sign-in name"));
  }

  /**
   * The group with this identifier.
   *
   * @throws NoSuchElementException if there is none
   */
  public synchronized GroupEntry group(String id) {
    return found(groups.get(id), id);
  }

  /** Everyone who is or ever was in the directory, in the order in which they joined. */
  public synchronized List<PersonState> people() {
    return people.values().stream().map(PersonEntry::state).toList();
  }

  /** Every group that is or ever was in the directory. */
  public synchronized List<GroupState> groups() {
    return groups.values().stream().map(GroupEntry::state).toList();
  }

  /** A number that grows with every change. */
  public synchronized long revision() {
    return revision;
  }

  /** What changed after a revision, each object once, in the order of its last change. */
  public synchronized Delta changesSince(long watermark) {
    List<PersonState> changedPeople = new ArrayList<>();
    List<GroupState> changedGroups = new ArrayList<>();
    changes.forEach((id, changedAt) -> {
      if (changedAt > watermark) {
        PersonEntry person = people.get(id);
        if (person != null) {
          changedPeople.add(person.state());
        } else {
          changedGroups.add(found(groups.get(id), id).state());
        }
      }
    });
    return new Delta(revision, changedPeople, changedGroups);
  }

  /** Purges everyone whose time in the recycle bin is over; returns how many. */
  public synchronized int emptyRecycleBin() {
    Instant limit = clock.instant().minus(RECYCLE_BIN);
    List<PersonEntry> over =
        people.values().stream()
            .filter(entry -> !entry.state().purged())
            .filter(entry -> entry.state().deletedAt().filter(at -> !at.isAfter(limit)).isPresent())
            .toList();
    over.forEach(PersonEntry::purge);
    return over.size();
  }

  /**
   * Changes since a revision.
   *
   * @param revision the revision up to which these are the changes
   * @param people changed people as they are now
   * @param groups changed groups as they are now
   */
  public record Delta(long revision, List<PersonState> people, List<GroupState> groups) {}

  synchronized void change(String id, Runnable step) {
    step.run();
    touch(id);
  }

  synchronized <T> T read(Supplier<T> query) {
    return query.get();
  }

  private void touch(String id) {
    // Removed first, so that the order is that of the last changes.
    changes.remove(id);
    changes.put(id, ++revision);
  }

  private static <T> T found(@Nullable T entry, String id) {
    if (entry == null) {
      throw new NoSuchElementException("Expected an object of this directory, but got " + id);
    }
    return entry;
  }
}
