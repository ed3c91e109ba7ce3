package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.store.KeycloakTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a tenant's people go: all of these options or none. */
final class KeycloakOptions {
  @Option(
      names = "--keycloak-url",
      required = true,
      paramLabel = "URL",
      description = "Keycloak, like https://id.example.com (without /realms/…).")
  private String url = "";

  @Option(
      names = "--keycloak-realm",
      required = true,
      paramLabel = "REALM",
      description = "The tenant's realm.")
  private String realm = "";

  @Option(
      names = "--keycloak-client-id",
      required = true,
      paramLabel = "ID",
      description = "Confidential client whose service account has the role manage-users.")
  private String clientId = "";

  @Option(
      names = "--keycloak-client-secret-env",
      required = true,
      paramLabel = "NAME",
      description =
          "Environment variable that holds the client's secret; so it appears in no process list.")
  private String secretVariable = "";

  KeycloakTarget target(Map<String, String> environment) {
    String secret = environment.getOrDefault(secretVariable, "");
    if (secret.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "Expected the client secret in the environment variable "
              + secretVariable
              + ", but it is not set");
    }
    return new KeycloakTarget(plainUrl(), realm, clientId, secret);
  }

  private String plainUrl() {
    try {
      URI uri = new URI(url.replaceFirst("/+$", ""));
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri.toString();
      }
    } catch (URISyntaxException broken) {
      throw notPlain();
    }
    throw notPlain();
  }

  private static CommandException notPlain() {
    return new CommandException(
        ExitCode.USAGE,
        "Expected --keycloak-url to be like https://id.example.com, but it is no such URL");
  }
}
