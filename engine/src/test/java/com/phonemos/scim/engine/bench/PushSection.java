package com.phonemos.scim.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.Measurement;
import com.phonemos.scim.engine.bench.load.SampleUser;
import com.phonemos.scim.engine.bench.load.Workload;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.Screen;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.engine.store.KeycloakTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The push of new users with a membership each into a real Keycloak, from the first POST of the
 * identity provider until nothing is due, against a bare loop that makes the same calls.
 */
record PushSection(Screen screen) implements Section {
  private static final int USERS = 1_000;
  private static final int CREATED_AT_A_TIME = 8;
  private static final List<Integer> BARE_CLIENTS = List.of(4, 8, 16);
  private static final int WARM_UP_CLIENTS = 8;

  /** As for the others: until it gets no faster, which takes the compilers some thousand calls. */
  private static final double FASTER = 1.05;

  private static final int WARM_UP_PUSHES = 10;
  private static final double LIMIT = 0.8;
  private static final Duration PUSH_LIMIT = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 20;

  /** Serial numbers for one step: more than it can use. */
  private static final long SERIALS = 100_000;

  @Override
  public Findings run(Testbed bed, Rounds rounds) throws Exception {
    screen.waiting("Keycloak starts", Duration.ZERO);
    KeycloakServer keycloak = bed.keycloak();
    Pushed pushed = new Pushed(bed, keycloak);
    Bare bare = new Bare(keycloak);
    screen.waiting("warm-up", Duration.ZERO);
    rounds.warmUp(bare::next, WARM_UP_CLIENTS);
    double before = 0;
    double now = pushed.push().perSecond();
    for (int batch = 1; batch < WARM_UP_PUSHES && now > before * FASTER; batch++) {
      before = now;
      now = pushed.push().perSecond();
    }
    List<Callable<Measurement>> floors =
        BARE_CLIENTS.stream()
            .<Callable<Measurement>>map(
                clients -> () -> perSecondOnly(rounds.measure(bare.next(), clients)))
            .toList();
    String title = "Keycloak push of new users with a membership each";
    List<Case.Result> results =
        rounds.run(title, List.of(new Case("1,000 users", pushed::push, floors)));
    return new Findings(
        title,
        "engine, users",
        BARE_CLIENTS.stream().map(clients -> "bare loop, " + clients + " clients, users").toList(),
        results,
        List.of(target(results.getFirst())));
  }

  private static Target target(Case.Result result) {
    double best = result.floors().stream().mapToDouble(Figure::perSecond).max().orElseThrow();
    return new Target(
        "Push against the bare loop at its best",
        result.engine().perSecond() / best,
        Target.Bound.AT_LEAST,
        LIMIT);
  }

  /** The latency of the second of two calls says nothing about both. */
  private static Measurement perSecondOnly(Measurement measurement) {
    return new Measurement(
        measurement.perSecond(), Double.NaN, Double.NaN, measurement.clientCores());
  }

  /** The engine's way: SCIM in, Keycloak out. */
  private static final class Pushed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Testbed bed;
    private final Tenant tenant;
    private final HttpClient http = HttpClient.newHttpClient();
    private long serial;

    Pushed(Testbed bed, KeycloakServer keycloak) throws Exception {
      this.bed = bed;
      TestRealm realm = keycloak.createRealm("pushed");
      this.tenant =
          bed.tenant(
              "pushed",
              Optional.of(
                  new KeycloakTarget(
                      realm.url(), realm.name(), TestRealm.CLIENT_ID, TestRealm.CLIENT_SECRET)));
    }

    Measurement push() throws Exception {
      long start = System.nanoTime();
      List<UUID> users = createUsers();
      String members =
          users.stream().map("{\"value\":\"%s\"}"::formatted).collect(Collectors.joining(","));
      post(
              "/Groups",
              """
              {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"group %d",\
              "members":[%s]}\
              """
                  .formatted(serial, members))
          .join();
      while (!bed.isPushed(tenant)) {
        if (System.nanoTime() - start > PUSH_LIMIT.toNanos()) {
          throw new IllegalStateException(
              "Expected the push to end within " + PUSH_LIMIT + ", but something is still due");
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Measurement(USERS / seconds, Double.NaN, Double.NaN, Double.NaN);
    }

    private List<UUID> createUsers() {
      List<CompletableFuture<List<UUID>>> clients = new ArrayList<>();
      for (int client = 0; client < CREATED_AT_A_TIME; client++) {
        CompletableFuture<List<UUID>> created =
            CompletableFuture.completedFuture(new ArrayList<>());
        for (int user = 0; user < USERS / CREATED_AT_A_TIME; user++) {
          String body = SampleUser.BODY.replace(SampleUser.SERIAL, SampleUser.digits(serial++));
          created =
              created.thenCompose(before ->
                  post("/Users", body)
                      .thenApply(id -> {
                        before.add(id);
                        return before;
                      }));
        }
        clients.add(created);
      }
      return clients.stream().flatMap(client -> client.join().stream()).toList();
    }

    private CompletableFuture<UUID> post(String path, String body) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bed.port() + "/scim/v2" + path))
              .header("Authorization", "Bearer " + tenant.token())
              .header("Content-Type", "application/scim+json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Pushed::id);
    }

    private static UUID id(HttpResponse<String> answer) {
      if (answer.statusCode() != 201) {
        throw new IllegalStateException("Expected 201, but the answer is " + answer.body());
      }
      try {
        return UUID.fromString(JSON.readTree(answer.body()).path("id").asText());
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    }
  }

  /** The bare loop's way: a user, then its membership. */
  private static final class Bare {
    private final TestRealm realm;
    private final UUID group;
    private final int port;
    private long serial;

    Bare(KeycloakServer keycloak) {
      this.realm = keycloak.createRealm("bare");
      this.group = UUID.fromString(realm.create("/groups", Map.of("name", "everybody")));
      this.port = URI.create(keycloak.url()).getPort();
    }

    /** New users, with a fresh access token. */
    Workload next() {
      serial += SERIALS;
      return new Workload.KeycloakUsers(port, realm.name(), realm.pushToken(), group, serial);
    }
  }
}
