package com.phonemos.scim.idp.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.wire.Connection;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.Header;
import com.phonemos.scim.idp.wire.ScimClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads an endpoint back and compares it with what it should hold. */
public final class Verifier {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Endpoint endpoint;

  /** A verifier of this endpoint. */
  public Verifier(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Every difference between the endpoint and {@code expected}; none means that both agree.
   *
   * @throws UnreadableException if the endpoint cannot be read
   */
  public List<Difference> verify(Expectation expected) throws UnreadableException {
    try (ScimClient client =
        new ScimClient(
            endpoint,
            (where, authorization, request, length) ->
                List.of(
                    new Header("Accept", "application/scim+json"),
                    new Header("Authorization", authorization),
                    new Header("Host", where.authority())),
            new Connection(1, TIMEOUT, false))) {
      ScimReader reader = new ScimReader(client);
      List<Difference> differences = new ArrayList<>();
      Map<String, String> userNames = users(reader, expected, differences);
      groups(reader, expected, userNames, differences);
      return differences;
    }
  }

  private static Map<String, String> users(
      ScimReader reader, Expectation expected, List<Difference> differences)
      throws UnreadableException {
    Map<String, Expectation.User> missing = new HashMap<>();
    expected.users().forEach(user -> missing.put(fold(user.userName()), user));
    Map<String, String> userNames = new HashMap<>();
    reader.forEach(
        "Users",
        found -> {
          String userName = found.path("userName").asText("");
          userNames.put(found.path("id").asText(""), fold(userName));
          Expectation.User user = missing.remove(fold(userName));
          if (user == null) {
            differences.add(new Difference("user " + userName, "unexpected, or there twice"));
          } else {
            user(user, found, differences);
          }
        });
    missing.values().stream()
        .map(user -> new Difference("user " + user.userName(), "missing"))
        .forEach(differences::add);
    return userNames;
  }

  private static void user(
      Expectation.User expected, ObjectNode found, List<Difference> differences) {
    String name = "user " + expected.userName();
    boolean active = found.path("active").asBoolean(true);
    if (active != expected.active()) {
      differences.add(
          new Difference(name, "active is " + active + ", expected " + expected.active()));
    }
    expected
        .attributes()
        .forEach((path, value) -> {
          String there = path.read(found).orElse("");
          boolean same =
              path.text().equals("userName") ? there.equalsIgnoreCase(value) : there.equals(value);
          if (!same) {
            differences.add(
                new Difference(
                    name, path.text() + " is \"" + there + "\", expected \"" + value + "\""));
          }
        });
  }

  private static void groups(
      ScimReader reader,
      Expectation expected,
      Map<String, String> userNames,
      List<Difference> differences)
      throws UnreadableException {
    Map<String, Expectation.Group> missing = new HashMap<>();
    expected.groups().forEach(group -> missing.put(group.displayName(), group));
    List<ObjectNode> withoutMembers = new ArrayList<>();
    reader.forEach(
        "Groups",
        found -> {
          Expectation.Group group = missing.remove(found.path("displayName").asText(""));
          if (group == null) {
            differences.add(
                new Difference(
                    "group " + found.path("displayName").asText(""), "unexpected, or there twice"));
          } else if (found.path("members").isMissingNode() && !group.members().isEmpty()) {
            withoutMembers.add(found);
            missing.put(group.displayName(), group);
          } else {
            group(group, found, userNames, differences);
          }
        });
    for (ObjectNode group : withoutMembers) {
      // A list may leave members of large groups out; only the resource itself is proof.
      Expectation.Group wanted = missing.remove(group.path("displayName").asText(""));
      if (wanted != null) {
        group(wanted, reader.group(group.path("id").asText("")), userNames, differences);
      }
    }
    missing.values().stream()
        .map(group -> new Difference("group " + group.displayName(), "missing"))
        .forEach(differences::add);
  }

  private static void group(
      Expectation.Group expected,
      ObjectNode found,
      Map<String, String> userNames,
      List<Difference> differences) {
    String name = "group " + expected.displayName();
    Set<String> surplus = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode member : found.path("members")) {
      String id = member.path("value").asText("");
      String userName = userNames.getOrDefault(id, "unknown id " + id);
      if (!seen.add(userName)) {
        differences.add(new Difference(name, "member " + userName + " is there twice"));
      }
      surplus.add(userName);
    }
    Set<String> absent = new TreeSet<>();
    expected.members().forEach(member -> absent.add(fold(member)));
    absent.removeAll(seen);
    expected.members().forEach(member -> surplus.remove(fold(member)));
    absent.forEach(
        member -> differences.add(new Difference(name, "member " + member + " is missing")));
    surplus.forEach(
        member -> differences.add(new Difference(name, "member " + member + " is unexpected")));
  }

  private static String fold(String userName) {
    return userName.toLowerCase(Locale.ROOT);
  }
}
