package com.phonemos.scim.engine.demo;

import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.Hires;
import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.directory.PersonState;
import java.util.List;

/** A day on which a little happens: a new name, a move, a new colleague, leavers, a return. */
final class SmallDay {
  private final Directory directory;
  private final Hires hires;
  private final List<String> people;
  private final List<String> groups;

  SmallDay(Directory directory, CompanySpec spec) {
    this.directory = directory;
    this.hires = new Hires(spec, directory);
    this.people = directory.people().stream().map(PersonState::person).map(Person::id).toList();
    this.groups = directory.groups().stream().map(GroupState::id).toList();
  }

  /** One person takes another name, one moves, one joins, two leave. */
  void morning() {
    Person married = directory.person(people.get(1)).state().person();
    directory.person(married.id()).rename(married.givenName(), "Meier-" + married.familyName());
    String mover = people.get(2);
    String from = group(mover, true);
    String to = group(mover, false);
    directory.group(from).remove(mover);
    directory.group(to).add(mover);
    directory.group(to).add(hires.next().id());
    directory.person(people.get(3)).leave();
    directory.person(people.get(4)).leave();
  }

  /** One of those who left comes back. */
  void afternoon() {
    directory.person(people.get(4)).comeBack();
  }

  /** The first group that has, or has not, this member; any if all are alike. */
  private String group(String member, boolean has) {
    return groups.stream()
        .filter(id -> directory.group(id).state().members().contains(member) == has)
        .findFirst()
        .orElse(groups.getFirst());
  }
}
