package com.phonemos.scim.engine.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All tenants at a glance, for those who watch over them. */
public final class Fleet {
  private static final String TENANTS =
      """
      SELECT state, count(*) AS number FROM tenant GROUP BY state
      """;

  private static final String TOKENS =
      """
      SELECT CASE
               WHEN expires <= now() THEN 'expired'
               WHEN expires <= now() + interval '1 day' THEN 'expiring_1d'
               WHEN expires <= now() + interval '3 days' THEN 'expiring_3d'
               WHEN expires <= now() + interval '14 days' THEN 'expiring_14d'
               WHEN expires <= now() + interval '30 days' THEN 'expiring_30d'
               WHEN greatest(last_used, created) < now() - interval '90 days' THEN 'unused_90d'
               ELSE 'active'
             END AS state,
             count(*) AS number
      FROM token WHERE revoked IS NULL AND client_id IS NULL GROUP BY 1
      """;

  private static final String FURTHEST_BEHIND =
      """
      SELECT tenant.slug, behind.waiting, behind.given_up,
             coalesce(extract(epoch FROM now() - behind.oldest), 0)::float8 AS oldest_seconds
      FROM (
        SELECT tenant_id,
               count(*) FILTER (WHERE due_at < 'infinity') AS waiting,
               count(*) FILTER (WHERE due_at = 'infinity') AS given_up,
               min(marked_at) FILTER (WHERE due_at < 'infinity') AS oldest
        FROM due GROUP BY tenant_id) behind
      JOIN tenant ON tenant.id = behind.tenant_id
      ORDER BY behind.oldest NULLS LAST, tenant.slug
      LIMIT $1
      """;

  private static final String LONGEST_SILENT =
      """
      SELECT tenant.slug,
             extract(epoch FROM now() - max(greatest(token.last_used, token.created)))::float8
               AS seconds
      FROM tenant JOIN token ON token.tenant_id = tenant.id
      WHERE tenant.state <> 'disabled' AND token.revoked IS NULL AND token.scope = 'scim'
        AND (token.expires IS NULL OR token.expires > now() OR token.client_id IS NOT NULL)
      GROUP BY tenant.slug
      ORDER BY seconds DESC, tenant.slug
      LIMIT $1
      """;

  private static final String NEXT_TO_EXPIRE =
      """
      SELECT tenant.slug, token.id, token.expires
      FROM token JOIN tenant ON tenant.id = token.tenant_id
      WHERE token.revoked IS NULL AND token.client_id IS NULL AND tenant.state <> 'disabled'
        AND token.expires BETWEEN now() - interval '1 day' AND now() + interval '30 days'
      ORDER BY token.expires, token.id
      LIMIT $1
      """;

  private final Database database;

  /**
   * A tenant with something left to push.
   *
   * @param slug its name
   * @param waiting resources and memberships that are due
   * @param givenUp those that wait for an operator
   * @param oldest age of the oldest mark that waits
   */
  public record Behind(String slug, long waiting, long givenUp, Duration oldest) {}

  /**
   * A tenant whose identity provider has not been heard of for some time.
   *
   * @param since its last request, to the minute; where there was none, since its newest token
   */
  public record Silent(String slug, Duration since) {}

  /** A token that ends soon, and nobody has revoked. */
  public record Expiring(String slug, UUID token, Instant expires) {}

  /**
   * What was found.
   *
   * @param tenants number by state
   * @param tokens number by state, without those revoked: {@code active}, {@code unused_90d},
   *     {@code expiring_30d}, {@code expiring_14d}, {@code expiring_3d}, {@code expiring_1d},
   *     {@code expired}; each token is in one, the most urgent
   * @param behind those with the oldest marks
   * @param silent those not heard of for longest
   * @param expiring tokens that end within 30 days or have ended within the last, the next one
   *     first
   */
  public record Glance(
      Map<String, Long> tenants,
      Map<String, Long> tokens,
      List<Behind> behind,
      List<Silent> silent,
      List<Expiring> expiring) {}

  public Fleet(Database database) {
    this.database = database;
  }

  /**
   * Looks at all tenants; costs a scan of the due set and of the tokens.
   *
   * @param most tenants to name, at most, in each list
   */
  public Future<Glance> glance(int most) {
    Future<RowSet<Row>> tenants = database.pool().preparedQuery(TENANTS).execute();
    Future<RowSet<Row>> tokens = database.pool().preparedQuery(TOKENS).execute();
    Future<RowSet<Row>> behind =
        database.pool().preparedQuery(FURTHEST_BEHIND).execute(Tuple.of(most));
    Future<RowSet<Row>> silent =
        database.pool().preparedQuery(LONGEST_SILENT).execute(Tuple.of(most));
    Future<RowSet<Row>> expiring =
        database.pool().preparedQuery(NEXT_TO_EXPIRE).execute(Tuple.of(most));
    return Future.all(tenants, tokens, behind, silent, expiring)
        .map(all ->
            new Glance(
                numbers(tenants.result()),
                numbers(tokens.result()),
                behind(behind.result()),
                silent(silent.result()),
                expiring(expiring.result())));
  }

  private static Map<String, Long> numbers(RowSet<Row> rows) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    rows.forEach(row -> numbers.put(row.getString("state"), row.getLong("number")));
    return Map.copyOf(numbers);
  }

  private static List<Behind> behind(RowSet<Row> rows) {
    List<Behind> list = new ArrayList<>(rows.size());
    rows.forEach(row ->
        list.add(
            new Behind(
                row.getString("slug"),
                row.getLong("waiting"),
                row.getLong("given_up"),
                seconds(row.getDouble("oldest_seconds")))));
    return List.copyOf(list);
  }

  private static List<Silent> silent(RowSet<Row> rows) {
    List<Silent> list = new ArrayList<>(rows.size());
    rows.forEach(
        row -> list.add(new Silent(row.getString("slug"), seconds(row.getDouble("seconds")))));
    return List.copyOf(list);
  }

  private static List<Expiring> expiring(RowSet<Row> rows) {
    List<Expiring> list = new ArrayList<>(rows.size());
    rows.forEach(row ->
        list.add(
            new Expiring(
                row.getString("slug"),
                row.getUUID("id"),
                row.getOffsetDateTime("expires").toInstant())));
    return List.copyOf(list);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.max(0, Math.round(seconds * 1_000)));
  }
}
