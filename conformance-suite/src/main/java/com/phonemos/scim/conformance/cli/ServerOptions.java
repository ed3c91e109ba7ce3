package com.phonemos.scim.conformance.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server, and with which tokens. */
final class ServerOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--endpoint",
      required = true,
      paramLabel = "URL",
      description = "The SCIM base URL, such as http://localhost:8080/scim/v2.")
  private @Nullable URI endpoint;

  @ArgGroup(multiplicity = "0..1")
  private Token token = new Token();

  @ArgGroup(multiplicity = "0..1")
  private SecondToken secondToken = new SecondToken();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  /** Where the bearer token comes from. */
  static final class Token {
    @Option(names = "--token", paramLabel = "TOKEN", description = "The bearer token.")
    private @Nullable String value;

    @Option(
        names = "--token-env",
        paramLabel = "NAME",
        description = "The environment variable that holds it (default: SCIM_TOKEN).")
    private String variable = "SCIM_TOKEN";
  }

  /** Where the token of the second tenant comes from. */
  static final class SecondToken {
    @Option(
        names = "--second-token",
        paramLabel = "TOKEN",
        description = "A bearer token of another tenant, for the cases of isolation.")
    private @Nullable String value;

    @Option(
        names = "--second-token-env",
        paramLabel = "NAME",
        description = "The environment variable that holds it (default: SCIM_TOKEN_2).")
    private String variable = "SCIM_TOKEN_2";
  }

  URI endpoint() {
    URI given = Optional.ofNullable(endpoint).orElseThrow(() -> wrong("Expected --endpoint"));
    if (given.getHost() == null || !given.getScheme().startsWith("http")) {
      throw wrong("Expected --endpoint to be an http or https URL, but it is " + given);
    }
    return given;
  }

  String token() {
    return Optional.ofNullable(token.value)
        .or(() -> Optional.ofNullable(System.getenv(token.variable)))
        .orElseThrow(() ->
            wrong(
                "Expected --token or the environment variable "
                    + token.variable
                    + ", but there is neither"));
  }

  Optional<String> secondToken() {
    return Optional.ofNullable(secondToken.value)
        .or(() -> Optional.ofNullable(System.getenv(secondToken.variable)));
  }

  Duration timeout() {
    if (timeoutSeconds < 1) {
      throw wrong("Expected --timeout to be at least 1 second");
    }
    return Duration.ofSeconds(timeoutSeconds);
  }

  private RuntimeException wrong(String message) {
    CommandSpec spec = command;
    return spec == null
        ? new IllegalStateException(message)
        : new ParameterException(spec.commandLine(), message);
  }
}
