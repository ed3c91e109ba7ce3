package com.phonemos.scim.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Header;
import com.phonemos.scim.conformance.wire.Request;
import com.phonemos.scim.conformance.wire.ScimClient;
import com.phonemos.scim.conformance.wire.Unmet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The server under test and what it says of itself.
 *
 * @param token the bearer token of the tenant that the cases work in
 * @param secondToken of another tenant, for the cases of isolation
 * @param config its ServiceProviderConfig; a missing node if it has none
 */
public record Server(
    ScimClient client,
    String token,
    Optional<String> secondToken,
    Set<Feature> features,
    JsonNode config) {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final Set<Integer> NOT_OFFERED = Set.of(404, 405, 501);

  /**
   * Asks a server what it offers.
   *
   * @throws Unmet if it does not answer at all
   */
  public static Server discover(ScimClient client, String token, Optional<String> secondToken) {
    Answer config = ask(client, token, "GET", "/ServiceProviderConfig", Optional.empty());
    Answer types = ask(client, token, "GET", "/ResourceTypes", Optional.empty());
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    BiConsumer<Feature, Boolean> note =
        (feature, offered) -> {
          if (offered) {
            features.add(feature);
          }
        };
    note.accept(Feature.PATCH, config.at("/patch/supported").asBoolean());
    note.accept(Feature.BULK, config.at("/bulk/supported").asBoolean());
    note.accept(Feature.FILTER, config.at("/filter/supported").asBoolean());
    note.accept(Feature.SORT, config.at("/sort/supported").asBoolean());
    note.accept(Feature.ETAG, config.at("/etag/supported").asBoolean());
    note.accept(Feature.CURSOR, config.at("/pagination/cursor").asBoolean());
    note.accept(Feature.GROUPS, types.each("/Resources", "endpoint").contains("/Groups"));
    note.accept(Feature.ENTERPRISE, types.body().contains(ENTERPRISE));
    note.accept(Feature.SECOND_TENANT, secondToken.isPresent());
    Optional<String> nothing =
        Optional.of(
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],\"count\":1}");
    Answer search = ask(client, token, "POST", "/Users/.search", nothing);
    note.accept(Feature.SEARCH, !NOT_OFFERED.contains(search.status()));
    return new Server(client, token, secondToken, Set.copyOf(features), config.json());
  }

  /** Whether it offers all of these. */
  public boolean offers(Set<Feature> needed) {
    return features.containsAll(needed);
  }

  /** The most resources of a list; a large number if the server does not say. */
  public int maxResults() {
    return config.at("/filter/maxResults").asInt(1_000);
  }

  private static Answer ask(
      ScimClient client, String token, String method, String target, Optional<String> body) {
    List<Header> headers =
        body.isPresent()
            ? List.of(
                new Header("Accept", Request.SCIM_JSON),
                new Header("Content-Type", Request.SCIM_JSON))
            : List.of(new Header("Accept", Request.SCIM_JSON));
    return client.send(
        new Request(method, target, headers, Optional.of(token), body),
        System.nanoTime(),
        exchange -> {});
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "server at " + client.base();
  }
}
