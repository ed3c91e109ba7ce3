package com.phonemos.scim.engine;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.http.HttpLimits;
import com.phonemos.scim.engine.http.HttpVerticle;
import com.phonemos.scim.engine.keycloak.DriftVerticle;
import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.ReadDatabase;
import com.phonemos.scim.engine.store.SecretBox;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What an operator decides, from the environment and, if {@code PHONEMOS_SCIM_CONFIG_FILE} names
 * one, a properties file with the same names; the environment wins.
 *
 * @param httpPort of the SCIM endpoint; 0 takes any free one
 * @param opsPort of {@code /metrics}, {@code /livez} and {@code /readyz}; 0 takes any free one
 * @param databaseUrl {@code postgresql://user:password@host:port/database}; absent: the embedded
 *     PostgreSQL in the data directory
 * @param operatorToken what operators show to the administration API; absent: it is closed
 * @param baseUrl what clients see before {@code /scim/v2}; absent: taken from each request
 * @param tls of the SCIM endpoint; absent: a proxy in front speaks it
 * @param secretKey in base64, seals secrets in the database; several with commas between them: the
 *     first seals, all open; absent: a key file in the data directory
 * @param egress where a Keycloak may be
 */
public record EngineConfig(
    int httpPort,
    int opsPort,
    Optional<String> databaseUrl,
    Path dataDir,
    Optional<String> operatorToken,
    Optional<URI> baseUrl,
    Optional<HttpVerticle.Tls> tls,
    Optional<String> secretKey,
    EgressPolicy egress,
    Limits limits) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Bounds of everything that could grow.
   *
   * @param bodyBytes of one request
   * @param mailbox commands that may wait, per tenant
   * @param batch commands that are committed together, at most
   * @param shards mutation verticles of this process
   * @param poolSize connections to PostgreSQL
   * @param reads connections to PostgreSQL and time for reads, apart from those above
   * @param pageSize resources per page where the client does not say
   * @param maxPageSize resources per page, whatever the client says
   * @param largeGroup members above which a PATCH of a group is answered without them
   * @param pushConcurrency pushes at a time, at most, to one Keycloak and of one tenant
   * @param drift how often realms are looked through for what others changed
   * @param databaseTimeout of one statement; a server that says nothing is given up a little later
   * @param deadline after which a waiting request is refused
   * @param drain how long a stop may take
   * @param requestLog how long what was asked and answered is kept
   * @param traffic how much may come to the SCIM endpoint
   */
  public record Limits(
      int bodyBytes,
      int mailbox,
      int batch,
      int shards,
      int poolSize,
      ReadDatabase.Budget reads,
      int pageSize,
      int maxPageSize,
      int largeGroup,
      int pushConcurrency,
      DriftVerticle.Pace drift,
      Duration databaseTimeout,
      Duration deadline,
      Duration drain,
      Duration requestLog,
      HttpLimits.Traffic traffic) {}

  /**
   * Reads the environment and the file it names. Blocks for the file.
   *
   * @throws ConfigException naming all mistakes at once, without the secrets
   */
  public static EngineConfig read(Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    String file = environment.getOrDefault(Settings.PREFIX + "CONFIG_FILE", "").strip();
    Optional<String> unreadable = file.isEmpty() ? Optional.empty() : load(file, values);
    values.putAll(environment);
    Settings settings = new Settings(values);
    settings.text(Settings.PREFIX + "CONFIG_FILE");
    unreadable.ifPresent(reason ->
        settings.mistake(
            Settings.PREFIX + "CONFIG_FILE",
            file,
            "Expected a readable properties file, but " + reason,
            "Correct the path, or leave it out"));
    settings.text(Settings.PREFIX + "LOG_FORMAT");
    EngineConfig config = read(settings);
    settings.check();
    return config;
  }

  private static EngineConfig read(Settings settings) {
    int httpPort = settings.number("PHONEMOS_SCIM_HTTP_PORT", 8080, 0, HIGHEST_PORT);
    int opsPort = settings.number("PHONEMOS_SCIM_OPS_PORT", 9090, 0, HIGHEST_PORT);
    if (httpPort == opsPort && httpPort != 0) {
      settings.mistake(
          "PHONEMOS_SCIM_OPS_PORT",
          Integer.toString(opsPort),
          "Expected another port than PHONEMOS_SCIM_HTTP_PORT, but it is the same",
          "Keep operations off the port that clients reach");
    }
    return new EngineConfig(
        httpPort,
        opsPort,
        settings.value(
            "PHONEMOS_SCIM_DATABASE_URL", SettingTypes::databaseUrl, SettingTypes::withoutPassword),
        settings
            .value("PHONEMOS_SCIM_DATA_DIR", SettingTypes::folder, shown -> shown)
            .orElse(Path.of("data")),
        settings.value(
            "PHONEMOS_SCIM_OPERATOR_TOKEN",
            SettingTypes::headerValue,
            secret -> SettingTypes.HIDDEN),
        settings.value("PHONEMOS_SCIM_BASE_URL", SettingTypes::baseUrl, shown -> shown),
        tls(settings),
        settings.value(
            "PHONEMOS_SCIM_SECRET_KEY", SettingTypes::key, secret -> SettingTypes.HIDDEN),
        settings
            .value(EgressPolicy.SETTING, EgressPolicy::of, shown -> shown)
            .orElse(EgressPolicy.PUBLIC),
        limits(settings));
  }

  private static Optional<HttpVerticle.Tls> tls(Settings settings) {
    Optional<Path> certificate =
        settings.value("PHONEMOS_SCIM_TLS_CERTIFICATE", SettingTypes::file, shown -> shown);
    Optional<Path> key =
        settings.value("PHONEMOS_SCIM_TLS_KEY", SettingTypes::file, shown -> shown);
    if (certificate.isPresent() != key.isPresent()) {
      settings.mistake(
          "PHONEMOS_SCIM_TLS_" + (key.isEmpty() ? "KEY" : "CERTIFICATE"),
          "",
          "Expected certificate and key, but only one of them can be used",
          "Name both, or leave both out where a proxy speaks TLS");
      return Optional.empty();
    }
    return certificate.map(chain -> new HttpVerticle.Tls(chain, key.orElseThrow()));
  }

  /** How the SCIM endpoint is served. */
  HttpVerticle.Settings endpoint() {
    return new HttpVerticle.Settings(
        httpPort(),
        baseUrl().map(URI::toString),
        tls(),
        limits.shards(),
        HttpLimits.of(
            limits.bodyBytes(),
            limits.pageSize(),
            limits.maxPageSize(),
            limits.largeGroup(),
            limits.traffic(),
            // Longer than anything takes: whom this leaves without an answer may be served.
            limits.deadline().plus(Database.silence(limits.databaseTimeout()))),
        // What else stops takes its part of the whole.
        limits.drain().multipliedBy(3).dividedBy(4),
        egress());
  }

  /** What clients reach, as far as it is known here. */
  public String publicUrl() {
    return baseUrl.map(URI::toString).orElse("http://localhost:" + httpPort);
  }

  private static Limits limits(Settings settings) {
    int maxPageSize = settings.number("PHONEMOS_SCIM_MAX_PAGE_SIZE", 1_000, 1, 10_000);
    return new Limits(
        settings.number("PHONEMOS_SCIM_BODY_BYTES", 2 << 20, 1 << 10, 64 << 20),
        settings.number("PHONEMOS_SCIM_MAILBOX", 1_000, 1, 100_000),
        settings.number("PHONEMOS_SCIM_BATCH", 256, 1, 10_000),
        settings.number("PHONEMOS_SCIM_SHARDS", 2, 1, 64),
        settings.number("PHONEMOS_SCIM_POOL_SIZE", 12, 2, 500),
        new ReadDatabase.Budget(
            settings.number("PHONEMOS_SCIM_LOOKUP_POOL_SIZE", 8, 1, 500),
            settings.number("PHONEMOS_SCIM_SEARCH_POOL_SIZE", 4, 1, 100),
            Duration.ofMillis(
                settings.number("PHONEMOS_SCIM_SEARCH_TIMEOUT_MS", 3_000, 10, 60_000))),
        settings.number("PHONEMOS_SCIM_PAGE_SIZE", Math.min(200, maxPageSize), 1, maxPageSize),
        maxPageSize,
        settings.number("PHONEMOS_SCIM_LARGE_GROUP", 1_000, 0, 1_000_000),
        settings.number("PHONEMOS_SCIM_PUSH_CONCURRENCY", 8, 1, 256),
        new DriftVerticle.Pace(
            Duration.ofMinutes(
                settings.number("PHONEMOS_SCIM_DRIFT_INTERVAL_MINUTES", 1_440, 0, 43_200)),
            Duration.ofSeconds(settings.number("PHONEMOS_SCIM_DRIFT_POLL_SECONDS", 30, 0, 86_400))),
        Duration.ofSeconds(settings.number("PHONEMOS_SCIM_DATABASE_TIMEOUT_SECONDS", 15, 1, 300)),
        Duration.ofSeconds(settings.number("PHONEMOS_SCIM_DEADLINE_SECONDS", 20, 1, 300)),
        Duration.ofSeconds(settings.number("PHONEMOS_SCIM_DRAIN_SECONDS", 25, 1, 300)),
        Duration.ofDays(settings.number("PHONEMOS_SCIM_REQUEST_LOG_DAYS", 30, 1, 3_650)),
        HttpLimits.Traffic.of(
            settings.number("PHONEMOS_SCIM_CONNECTIONS", 10_000, 1, 1_000_000),
            settings.number("PHONEMOS_SCIM_TENANT_REQUESTS", 2_000, 1, 100_000),
            settings.number("PHONEMOS_SCIM_TENANT_RATE", 0, 0, 1_000_000),
            settings.number("PHONEMOS_SCIM_GZIP_BYTES", 8 << 10, 0, 64 << 20)));
  }

  /** Seals with the configured keys, or with those of the data directory's file. May block. */
  public SecretBox secretBox() throws IOException {
    return secretKey.isPresent()
        ? SecretBox.withKeys(secretKey.get())
        : SecretBox.withKeyFile(dataDir.resolve("secret.key"));
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "EngineConfig[httpPort=%d, opsPort=%d, databaseUrl=%s, dataDir=%s, baseUrl=%s, limits=%s]"
        .formatted(
            httpPort,
            opsPort,
            databaseUrl.map(SettingTypes::withoutPassword),
            dataDir,
            baseUrl,
            limits);
  }

  /** The reason why not, if it cannot be read. */
  private static Optional<String> load(String file, Map<String, String> values) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
      properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
      return Optional.empty();
    } catch (IOException | IllegalArgumentException failure) {
      return Optional.of("it cannot be read: " + failure.getClass().getSimpleName());
    }
  }
}
