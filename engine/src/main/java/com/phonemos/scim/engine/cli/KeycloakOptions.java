package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.store.KeycloakTarget;
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
    return new KeycloakTarget(url, realm, clientId, secret);
  }
}
