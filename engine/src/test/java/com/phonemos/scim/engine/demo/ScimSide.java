package com.phonemos.scim.engine.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.engine.demo.Holdings.Account;
import com.phonemos.scim.idp.wire.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a tenant holds, as any SCIM client can read it.
 *
 * @param holdings in shared terms; the details are what Keycloak should say about each person
 * @param userNames by SCIM id
 */
record ScimSide(Holdings holdings, Map<String, String> userNames) {
  private static final int PAGE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads all users and all groups. */
  static ScimSide read(Endpoint endpoint) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Reader reader = new Reader(http, endpoint);
      Map<String, String> userNames = new HashMap<>();
      Map<String, Account> accounts = new HashMap<>();
      reader.forEach(
          "Users",
          user -> {
            String name = Holdings.fold(user.path("userName").asText());
            userNames.put(user.path("id").asText(), name);
            accounts.put(name, new Account(user.path("active").asBoolean(true), details(user)));
          });
      Map<String, String> groupNames = new LinkedHashMap<>();
      reader.forEach(
          "Groups",
          group -> groupNames.put(group.path("id").asText(), group.path("displayName").asText()));
      Map<String, Set<String>> groups = new HashMap<>();
      for (Map.Entry<String, String> group : groupNames.entrySet()) {
        // Lists may leave the members of large groups out; a group itself never does.
        Set<String> members = new TreeSet<>();
        for (JsonNode member : reader.get("/Groups/" + group.getKey()).path("members")) {
          String id = member.path("value").asText();
          members.add(userNames.getOrDefault(id, "(unknown " + id + ")"));
        }
        groups.put(group.getValue(), members);
      }
      return new ScimSide(new Holdings(accounts, groups), userNames);
    }
  }

  /** People log in to Keycloak with their work e-mail address, else with their user name. */
  private static Map<String, String> details(JsonNode user) {
    String work = "";
    for (JsonNode email : user.path("emails")) {
      if (work.isEmpty() && email.path("type").asText("work").equals("work")) {
        work = email.path("value").asText();
      }
    }
    return Map.of(
        "login name", Holdings.fold(work.isEmpty() ? user.path("userName").asText() : work),
        "e-mail", Holdings.fold(work),
        "given name", user.path("name").path("givenName").asText(),
        "family name", user.path("name").path("familyName").asText());
  }

  private record Reader(HttpClient http, Endpoint endpoint) {
    void forEach(String resourceType, Consumer<JsonNode> found)
        throws IOException, InterruptedException {
      for (long startIndex = 1, total = 1; startIndex <= total; startIndex += PAGE) {
        JsonNode page = get("/" + resourceType + "?startIndex=" + startIndex + "&count=" + PAGE);
        total = page.path("totalResults").asLong();
        page.path("Resources").forEach(found);
      }
    }

    JsonNode get(String target) throws IOException, InterruptedException {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(endpoint.base() + target))
                  .header("Authorization", endpoint.authorization())
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "Expected GET " + target + " to work, but got " + answer.statusCode());
      }
      return JSON.readTree(answer.body());
    }
  }
}
