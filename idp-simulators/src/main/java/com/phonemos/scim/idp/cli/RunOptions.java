package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.memory.MemoryEndpoint;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.wire.Credentials;
import com.phonemos.scim.idp.wire.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every identity provider shares. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  /** Where requests are sent. */
  static final class Where {
    @Option(
        names = "--in-memory",
        required = true,
        description = "A small endpoint in memory that ends with the run, to see how it works.")
    private boolean inMemory;

    @ArgGroup(exclusive = false)
    private @Nullable Remote remote;
  }

  /** An endpoint that is there already. */
  static final class Remote {
    @Option(
        names = "--endpoint",
        required = true,
        paramLabel = "URL",
        description = "The SCIM base URL, such as http://localhost:8080/scim/v2.")
    private @Nullable URI endpoint;

    @ArgGroup(multiplicity = "1")
    private Secret secret = new Secret();
  }

  /** What lets in. */
  static final class Secret {
    @Option(names = "--token", paramLabel = "TOKEN", description = "The bearer token.")
    private @Nullable String value;

    @Option(
        names = "--token-env",
        paramLabel = "NAME",
        description = "The environment variable that holds the bearer token.")
    private @Nullable String variable;

    @Option(
        names = "--basic-env",
        paramLabel = "NAME",
        description = "The environment variable that holds user:password, for HTTP Basic [D K3].")
    private @Nullable String basic;

    @ArgGroup(exclusive = false)
    private @Nullable OAuth oauth;
  }

  /** Client credentials [D E10]. */
  static final class OAuth {
    @Option(
        names = "--token-endpoint",
        required = true,
        paramLabel = "URL",
        description = "Where access tokens are got by OAuth's client credentials [D E10] [R E11].")
    private @Nullable URI tokenEndpoint;

    @ArgGroup(multiplicity = "1")
    private Client client = new Client();
  }

  /** Who asks for an access token. */
  static final class Client {
    @ArgGroup(exclusive = false)
    private @Nullable SecretClient secret;

    @Option(
        names = "--assertion-env",
        paramLabel = "NAME",
        description =
            "The environment variable that holds a JWT, shown instead of a secret [R E11] [D E10].")
    private @Nullable String assertion;
  }

  /** One with a secret. */
  static final class SecretClient {
    @Option(
        names = "--client-id",
        required = true,
        paramLabel = "ID",
        description = "The client that asks.")
    private String id = "";

    @Option(
        names = "--client-secret-env",
        required = true,
        paramLabel = "NAME",
        description =
            "The environment variable that holds its secret; shown by HTTP Basic [R E11].")
    private String secret = "";
  }

  @Option(
      names = "--users",
      defaultValue = "100",
      paramLabel = "N",
      description = "People in the company (default: ${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--groups",
      defaultValue = "10",
      paramLabel = "M",
      description = "Groups in the company (default: ${DEFAULT-VALUE}).")
  private int groups;

  @Option(
      names = "--memberships",
      defaultValue = "3",
      paramLabel = "K",
      description = "Groups each person is in (default: ${DEFAULT-VALUE}).")
  private int memberships;

  @Option(
      names = "--domain",
      defaultValue = "contoso.example",
      paramLabel = "DOMAIN",
      description = "Domain of user names and addresses (default: ${DEFAULT-VALUE}).")
  private String domain = "";

  @Option(
      names = "--scenario",
      defaultValue = "INITIAL",
      description = "What happens: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Scenario scenario = Scenario.INITIAL;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Decides the company and its history (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--parallel",
      defaultValue = "8",
      paramLabel = "P",
      description = "Objects worked on at the same time (default: ${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--unordered",
      description =
          "Send each request as soon as it is ready. Otherwise concurrent requests are sent in an"
              + " order that the seed decides.")
  private boolean unordered;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description =
          "Let X seconds of the provider's calendar pass in one second, so that --speed 60 waits 40"
              + " s for Entra's next cycle (default: does not wait).")
  private double speed = Double.POSITIVE_INFINITY;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "At most R requests in a second (default: no limit).")
  private double rate = Double.POSITIVE_INFINITY;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Write all requests and answers to an HTTP archive, secrets left out.")
  private @Nullable Path recording;

  @Option(
      names = "--verify",
      description = "Read the endpoint back afterwards and compare it with the directory.")
  private boolean verify;

  /** The endpoint in memory, started now, if that is asked for. */
  Optional<MemoryEndpoint> memory() {
    return where.inMemory ? Optional.of(MemoryEndpoint.start()) : Optional.empty();
  }

  /** The endpoint that is there already. */
  Endpoint endpoint() {
    Remote remote =
        Optional.ofNullable(where.remote).orElseThrow(() -> wrong("Expected --endpoint"));
    try {
      return new Endpoint(
          Optional.ofNullable(remote.endpoint).orElseThrow(() -> wrong("Expected --endpoint")),
          credentials(remote.secret));
    } catch (IllegalArgumentException invalid) {
      throw wrong(String.valueOf(invalid.getMessage()));
    }
  }

  private Credentials credentials(Secret secret) {
    if (secret.value != null) {
      return new Credentials.Bearer(secret.value);
    }
    if (secret.variable != null) {
      return new Credentials.Bearer(environment(secret.variable));
    }
    if (secret.basic != null) {
      String[] pair = environment(secret.basic).split(":", 2);
      if (pair.length < 2) {
        throw wrong("Expected user:password in " + secret.basic + ", but there is no colon");
      }
      return new Credentials.Basic(pair[0], pair[1]);
    }
    OAuth oauth = Optional.ofNullable(secret.oauth).orElseThrow(() -> wrong("Expected --token"));
    URI tokenEndpoint =
        Optional.ofNullable(oauth.tokenEndpoint)
            .orElseThrow(() -> wrong("Expected --token-endpoint"));
    SecretClient client = oauth.client.secret;
    if (client != null) {
      return new Credentials.ClientSecret(tokenEndpoint, client.id, environment(client.secret));
    }
    String assertion = environment(String.valueOf(oauth.client.assertion));
    return new Credentials.ClientAssertion(tokenEndpoint, () -> assertion);
  }

  private String environment(String name) {
    return Optional.ofNullable(System.getenv(name))
        .orElseThrow(() ->
            wrong("Expected a secret in the environment variable " + name + ", but it is unset"));
  }

  CompanySpec company() {
    if (users < 1 || groups < 0 || memberships < 0) {
      throw wrong("Expected at least one user and no negative numbers");
    }
    return new CompanySpec(seed, users, groups, memberships, domain);
  }

  Scenario scenario() {
    return scenario;
  }

  UnaryOperator<Execution> executed(Progress progress) {
    if (parallel < 1) {
      throw wrong("Expected --parallel to be at least 1");
    }
    return execution -> {
      Execution told = execution.withParallel(parallel).withProgress(progress);
      return unordered ? told.unordered() : told.interleavedBy(seed);
    };
  }

  SimulationClock clock() {
    if (!(speed > 0)) {
      throw wrong("Expected --speed to be positive");
    }
    return SimulationClock.real(speed);
  }

  double rate() {
    if (!(rate > 0)) {
      throw wrong("Expected --rate to be positive");
    }
    return rate;
  }

  Optional<Path> recording() {
    return Optional.ofNullable(recording);
  }

  boolean verify() {
    return verify;
  }

  private RuntimeException wrong(String message) {
    CommandSpec spec = command;
    return spec == null
        ? new IllegalStateException(message)
        : new ParameterException(spec.commandLine(), message);
  }
}
