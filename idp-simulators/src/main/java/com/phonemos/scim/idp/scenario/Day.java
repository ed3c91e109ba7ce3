package com.phonemos.scim.idp.scenario;

import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Hires;
import com.phonemos.scim.idp.directory.PersonState;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A working day: in each of its hours some people join, change, move between groups, leave and come
 * back, and now and then a group is created, renamed or deleted.
 */
final class Day {
  private final Directory directory;
  private final SplittableRandom random;
  private final Hires hires;
  private int createdGroups;

  Day(Directory directory, CompanySpec spec, long seed) {
    this.directory = directory;
    this.random = new SplittableRandom(seed);
    this.hires = new Hires(spec, directory);
  }

  /** Lets an hour pass; about two people in a hundred notice. */
  void hour(int hour) {
    List<PersonState> present = inScope();
    int events = Math.max(6, present.size() / 50);
    for (int i = 0; i < events; i++) {
      event(i % 6, hour);
    }
    groupEvent(hour);
  }

  private void event(int kind, int hour) {
    List<PersonState> present = inScope();
    PersonState someone = present.get(random.nextInt(present.size()));
    String id = someone.person().id();
    switch (kind) {
      case 0 -> join(hires.next().id());
      case 1 ->
          directory
              .person(id)
              .rename(
                  someone.person().givenName(),
                  present.get(random.nextInt(present.size())).person().familyName());
      case 2 ->
          someone
              .person()
              .email()
              .ifPresent(address ->
                  directory
                      .person(id)
                      .changeEmail(String.format(Locale.ROOT, "h%d.%s", hour, address)));
      case 3 -> join(id);
      case 4 -> {
        if (random.nextBoolean()) {
          comeBack();
        }
      }
      default -> {
        if (present.size() > 1) {
          directory.person(id).leave();
        }
      }
    }
  }

  private void comeBack() {
    directory.people().stream()
        .filter(person -> person.deletedAt().isPresent() && !person.purged())
        .findFirst()
        .ifPresent(person -> directory.person(person.person().id()).comeBack());
  }

  private void join(String personId) {
    List<GroupState> groups = groups();
    if (groups.isEmpty()) {
      return;
    }
    GroupState to = groups.get(random.nextInt(groups.size()));
    groups.stream()
        .filter(group -> group.members().contains(personId) && !group.id().equals(to.id()))
        .findFirst()
        .ifPresent(group -> directory.group(group.id()).remove(personId));
    directory.group(to.id()).add(personId);
  }

  private void groupEvent(int hour) {
    List<GroupState> groups = groups();
    if (groups.size() < 2) {
      return;
    }
    GroupState some = groups.get(random.nextInt(groups.size()));
    switch (hour % 3) {
      case 0 -> {
        createdGroups++;
        directory.createGroup(
            "project-" + createdGroups, "Project №" + createdGroups, some.members());
      }
      case 1 -> directory.group(some.id()).rename(some.displayName() + " (new)");
      default -> directory.group(some.id()).delete();
    }
  }

  private List<PersonState> inScope() {
    return directory.people().stream().filter(PersonState::inScope).toList();
  }

  private List<GroupState> groups() {
    return directory.groups().stream().filter(GroupState::inScope).toList();
  }
}
