package com.phonemos.scim.engine.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.demo.Holdings.Account;
import com.phonemos.scim.engine.fixture.TestRealm;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a realm holds, as its administrator can read it. */
final class KeycloakSide {
  private KeycloakSide() {}

  /**
   * Reads all accounts, and all groups with their members.
   *
   * @param userNames by SCIM id, which every account that SCIM manages carries
   */
  static Holdings read(TestRealm realm, Map<String, String> userNames) {
    Map<String, Account> accounts = new HashMap<>();
    Map<String, String> byLoginName = new HashMap<>();
    for (ObjectNode user : realm.users()) {
      String loginName = user.path("username").asText();
      String scimId = user.path("attributes").path("scimId").path(0).asText();
      String name = userNames.getOrDefault(scimId, "(login name " + loginName + ")");
      byLoginName.put(loginName, name);
      accounts.put(name, new Account(user.path("enabled").asBoolean(), details(user)));
    }
    Map<String, Set<String>> groups = new HashMap<>();
    for (ObjectNode group : realm.groups()) {
      String name = group.path("name").asText();
      Set<String> members = new TreeSet<>();
      realm
          .memberNames(name)
          .forEach(member -> members.add(byLoginName.getOrDefault(member, member)));
      groups.put(name, members);
    }
    return new Holdings(accounts, groups);
  }

  private static Map<String, String> details(ObjectNode user) {
    return Map.of(
        "login name", user.path("username").asText(),
        "e-mail", user.path("email").asText(),
        "given name", user.path("firstName").asText(),
        "family name", user.path("lastName").asText());
  }
}
