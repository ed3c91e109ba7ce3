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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The tenants and where their people go. */
public final class Tenants {
  private static final String CREATE =
      """
      INSERT INTO tenant (
        id, slug, keycloak_url, keycloak_realm, keycloak_client_id, keycloak_client_secret)
      VALUES ($1, $2, $3, $4, $5, $6)
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
      WHERE id = $1 AND keycloak_url IS NOT NULL AND state = 'active'
      """;

  private final Database database;
  private final SecretBox secrets;

  /**
   * A tenant as operators see it.
   *
   * @param slug its name in commands: lower-case letters, digits and hyphens
   * @param active whether its tokens are accepted
   * @param keycloak realm and URL, absent: changes are kept due
   */
  public record Tenant(
      TenantId id,
      String slug,
      boolean active,
      Optional<String> keycloak,
      long users,
      long groups,
      Instant created) {}

  public Tenants(Database database, SecretBox secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** Empty when the slug is taken. */
  public Future<Optional<TenantId>> create(String slug, Optional<KeycloakTarget> target) {
    TenantId id = new TenantId(UUID.randomUUID());
    Tuple row = Tuple.of(id.value(), slug);
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
   * Empty when nothing of the tenant is to be pushed: it has no Keycloak, is disabled, or does not
   * exist. Failed with {@link SecretBox.SealBrokenException} when its secret does not open.
   */
  public Future<Optional<PushSettings>> pushSettings(TenantId tenant) {
    return select(PUSH_SETTINGS, Tuple.of(tenant.value()), row -> pushSettings(tenant, row))
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
        row.getString("state").equals("active"),
        Optional.ofNullable(row.getString("keycloak_url"))
            .map(url -> url + "/realms/" + row.getString("keycloak_realm")),
        row.getLong("user_count"),
        row.getLong("group_count"),
        row.getOffsetDateTime("created").toInstant());
  }
}
