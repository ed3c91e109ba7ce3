package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tenants and where their people go. */
public final class Tenants {
  private static final String CREATE =
      """
      INSERT INTO tenant (
        id, slug, state, keycloak_url, keycloak_realm, keycloak_client_id, keycloak_client_secret)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (slug) DO NOTHING
      RETURNING id
      """;

  private static final String COLUMNS =
      """
      SELECT id, slug, state, keycloak_url, keycloak_realm, user_count, group_count, created
      FROM tenant
      """;

  private static final String FIND = COLUMNS + "WHERE slug = $1";
  private static final String ALL = COLUMNS + "ORDER BY slug";

  private static final String WITH_TARGET =
      """
      SELECT id FROM tenant WHERE keycloak_url IS NOT NULL AND state = 'active' ORDER BY id
      """;

  private static final String PUSH_SETTINGS =
      """
      SELECT keycloak_url, keycloak_realm, keycloak_client_id, keycloak_client_secret,
        policy::text AS policy
      FROM tenant
      WHERE id = $1 AND keycloak_url IS NOT NULL AND state = ANY($2)
      """;

  private static final String SET_STATE =
      "UPDATE tenant SET state = $3 WHERE id = $1 AND state = ANY($2)";

  private static final String SET_TARGET =
      """
      UPDATE tenant SET keycloak_url = $2, keycloak_realm = $3, keycloak_client_id = $4,
                        keycloak_client_secret = $5
      WHERE id = $1
      """;

  private final Database database;
  private final SecretBox secrets;

  /** Whether a tenant's identity provider is served, and whether Keycloak follows. */
  public enum State {
    ACTIVE,

    /**
     * What is sent is stored and answered, but kept from Keycloak until an operator releases it.
     */
    STAGED,

    /** Tokens are refused. */
    DISABLED;

    /** As the database, and operators, write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * A tenant as operators see it.
   *
   * @param slug its name in commands: lower-case letters, digits and hyphens
   * @param keycloak realm and URL, absent: changes are kept due
   */
  public record Tenant(
      TenantId id,
      String slug,
      State state,
      Optional<String> keycloak,
      long users,
      long groups,
      Instant created) {}

  public Tenants(Database database, SecretBox secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** An active one; see {@link #create(String, State, Optional)}. */
  public Future<Optional<TenantId>> create(String slug, Optional<KeycloakTarget> target) {
    return create(slug, State.ACTIVE, target);
  }

  /** Empty when the slug is taken. */
  public Future<Optional<TenantId>> create(
      String slug, State state, Optional<KeycloakTarget> target) {
    TenantId id = new TenantId(UUID.randomUUID());
    Tuple row = Tuple.of(id.value(), slug, state.word());
    target.ifPresentOrElse(
        to ->
            row.addString(to.url())
                .addString(to.realm())
                .addString(to.clientId())
                .addValue(Buffer.buffer(secrets.seal(id, to.clientSecret()))),
        () -> row.addValue(null).addValue(null).addValue(null).addValue(null));
    return select(CREATE, row, created -> id).map(Tenants::first);
  }

  public Future<Optional<Tenant>> find(String slug) {
    return select(FIND, Tuple.of(slug), Tenants::tenant).map(Tenants::first);
  }

  /** By slug. */
  public Future<List<Tenant>> all() {
    return select(ALL, Tuple.tuple(), Tenants::tenant);
  }

  /** The active tenants whose changes can be pushed. */
  public Future<List<TenantId>> withTarget() {
    return select(WITH_TARGET, Tuple.tuple(), row -> new TenantId(row.getUUID("id")));
  }

  /**
   * Empty when nothing of the tenant is to be pushed: it has no Keycloak, is staged or disabled, or
   * does not exist. Failed with {@link SecretBox.SealBrokenException} when its secret does not
   * open.
   */
  public Future<Optional<PushSettings>> pushSettings(TenantId tenant) {
    return pushSettings(tenant, State.ACTIVE);
  }

  /** As {@link #pushSettings(TenantId)}, for what only reads Keycloak: of a staged tenant too. */
  public Future<Optional<PushSettings>> readSettings(TenantId tenant) {
    return pushSettings(tenant, State.ACTIVE, State.STAGED);
  }

  /** Keeps an active tenant's changes from Keycloak; false when it is not active. */
  public Future<Boolean> hold(TenantId tenant) {
    return change(tenant, List.of(State.ACTIVE), State.STAGED);
  }

  /** Lets a staged tenant's changes go to Keycloak; false when it is not staged. */
  public Future<Boolean> release(TenantId tenant) {
    return change(tenant, List.of(State.STAGED), State.ACTIVE);
  }

  /** Has its tokens refused and its changes kept; false when it is disabled already. */
  public Future<Boolean> disable(TenantId tenant) {
    return change(tenant, List.of(State.ACTIVE, State.STAGED), State.DISABLED);
  }

  /**
   * Serves a disabled tenant again, but staged: what Keycloak would be told after the pause is for
   * an operator to see first. False when it is not disabled.
   */
  public Future<Boolean> enable(TenantId tenant) {
    return change(tenant, List.of(State.DISABLED), State.STAGED);
  }

  /** Gives it a Keycloak, or another one. */
  public Future<Void> setTarget(TenantId tenant, KeycloakTarget target) {
    Tuple row =
        Tuple.of(tenant.value(), target.url(), target.realm(), target.clientId())
            .addValue(Buffer.buffer(secrets.seal(tenant, target.clientSecret())));
    return database.pool().preparedQuery(SET_TARGET).execute(row).mapEmpty();
  }

  private Future<Boolean> change(TenantId tenant, List<State> from, State to) {
    String[] words = from.stream().map(State::word).toArray(String[]::new);
    return database
        .pool()
        .preparedQuery(SET_STATE)
        .execute(Tuple.of(tenant.value()).addArrayOfString(words).addString(to.word()))
        .map(rows -> rows.rowCount() == 1);
  }

  private Future<Optional<PushSettings>> pushSettings(TenantId tenant, State... states) {
    String[] words = Stream.of(states).map(State::word).toArray(String[]::new);
    return select(
            PUSH_SETTINGS,
            Tuple.of(tenant.value()).addArrayOfString(words),
            row -> pushSettings(tenant, row))
        .map(Tenants::first);
  }

  private PushSettings pushSettings(TenantId tenant, Row row) {
    return new PushSettings(
        new KeycloakTarget(
            row.getString("keycloak_url"),
            row.getString("keycloak_realm"),
            row.getString("keycloak_client_id"),
            secrets.open(tenant, row.getBuffer("keycloak_client_secret").getBytes())),
        TenantPolicy.read(row.getString("policy")));
  }

  private <T> Future<List<T>> select(String sql, Tuple parameters, Function<Row, T> read) {
    return database.pool().preparedQuery(sql).execute(parameters).map(rows -> list(rows, read));
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(read.apply(row)));
    return List.copyOf(list);
  }

  private static <T> Optional<T> first(List<T> list) {
    return list.stream().findFirst();
  }

  private static Tenant tenant(Row row) {
    return new Tenant(
        new TenantId(row.getUUID("id")),
        row.getString("slug"),
        State.of(row.getString("state")),
        Optional.ofNullable(row.getString("keycloak_url"))
            .map(url -> url + "/realms/" + row.getString("keycloak_realm")),
        row.getLong("user_count"),
        row.getLong("group_count"),
        row.getOffsetDateTime("created").toInstant());
  }
}
