package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what an incremental cycle works on: the changes, and what is due from escrow. */
final class EntraWork {
  private EntraWork() {}

  static EntraCycle.Work of(Directory.Delta delta, Directory directory, List<Escrow.Item> due) {
    Map<String, PersonState> everyone = new LinkedHashMap<>();
    Map<String, PersonState> users = new LinkedHashMap<>();
    Map<String, GroupState> groups = new LinkedHashMap<>();
    directory.people().forEach(person -> everyone.put(person.person().id(), person));
    delta.people().forEach(person -> users.put(person.person().id(), person));
    delta.groups().forEach(group -> groups.put(group.id(), group));
    Map<String, GroupState> memberGroups = new LinkedHashMap<>(groups);
    for (Escrow.Item item : due) {
      switch (item) {
        case Escrow.User user -> addUser(users, everyone, user.personId());
        case Escrow.Manager manager -> addUser(users, everyone, manager.personId());
        case Escrow.Group group -> {
          groups.put(group.groupId(), directory.group(group.groupId()).state());
          memberGroups.put(group.groupId(), directory.group(group.groupId()).state());
        }
        case Escrow.Member member ->
            memberGroups.put(member.groupId(), directory.group(member.groupId()).state());
      }
    }
    return new EntraCycle.Work(users.values(), groups.values(), memberGroups.values(), everyone);
  }

  private static void addUser(
      Map<String, PersonState> users, Map<String, PersonState> everyone, String personId) {
    PersonState person = everyone.get(personId);
    if (person != null) {
      users.put(personId, person);
    }
  }
}
