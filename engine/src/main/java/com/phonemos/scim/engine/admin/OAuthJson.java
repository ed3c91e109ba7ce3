package com.phonemos.scim.engine.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.store.OAuthClients;
import java.util.UUID;

/** OAuth clients as JSON, for the command line and the HTTP API alike; see {@link AdminJson}. */
public final class OAuthJson {
  private OAuthJson() {}

  public static ObjectNode client(OAuthClients.Client client) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", client.id().toString());
    json.put("label", client.label());
    json.put("created", client.created().toString());
    client
        .federation()
        .ifPresent(federation ->
            json.putObject("federation")
                .put("issuer", federation.issuer())
                .put("subject", federation.subject())
                .put("audience", federation.audience()));
    ArrayNode secrets = json.putArray("secrets");
    client.secrets().forEach(secret -> secrets.add(secret(secret)));
    return json;
  }

  private static ObjectNode secret(OAuthClients.Secret secret) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", secret.id().toString());
    json.put("created", secret.created().toString());
    secret.expires().ifPresent(expires -> json.put("expires", expires.toString()));
    secret.lastUsed().ifPresent(used -> json.put("lastUsed", used.toString()));
    return json;
  }

  /** With the secret, this once. */
  public static ObjectNode issued(OAuthAdministration.Issued issued) {
    ObjectNode json = federated(issued.client());
    json.put("secretId", issued.id().toString());
    json.put("secret", issued.secret());
    issued.expires().ifPresent(expires -> json.put("expires", expires.toString()));
    return json;
  }

  /** A client that has no secret. */
  public static ObjectNode federated(UUID client) {
    return JsonNodeFactory.instance.objectNode().put("client", client.toString());
  }
}
