package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was found changed in Keycloak by somebody else, and what became of it. */
public final class DriftFindings {
  private static final String KEEP =
      """
      WITH kept AS (
        INSERT INTO drift_finding (
          tenant_id, kind, id, group_id, found, what, keycloak_id, differences, author, happened)
        VALUES ($1, $2, $3, $4, clock_timestamp(), $5, $6, $7, $8, $9))
      INSERT INTO due (tenant_id, kind, id, group_id, priority, cause, marked_at, due_at)
      VALUES ($1, $2, $3, $4, $10, 'reconcile', now(), now())
      ON CONFLICT DO NOTHING
      """;

  private static final String LIST =
      """
      SELECT finding.*, due.reason,
        coalesce(u.resource ->> 'userName', g.resource ->> 'displayName', '') AS name,
        coalesce(within.resource ->> 'displayName', '') AS group_name
      FROM drift_finding AS finding
      LEFT JOIN due ON (due.tenant_id, due.kind, due.id, due.group_id)
        = (finding.tenant_id, finding.kind, finding.id, finding.group_id)
      LEFT JOIN scim_user AS u ON (u.tenant_id, u.id) = (finding.tenant_id, finding.id)
      LEFT JOIN scim_group AS g ON (g.tenant_id, g.id) = (finding.tenant_id, finding.id)
      LEFT JOIN scim_group AS within
        ON (within.tenant_id, within.id) = (finding.tenant_id, finding.group_id)
      WHERE finding.tenant_id = $1
      ORDER BY finding.repaired IS NULL DESC, finding.found DESC, finding.kind, finding.id
      LIMIT $2
      """;

  private static final String FORGET =
      """
      DELETE FROM drift_finding
      WHERE tenant_id = $1 AND found < now() - $2 * interval '1 millisecond'
        AND repaired IS NOT NULL
      """;

  private final Pool pool;

  public DriftFindings(Database database) {
    this.pool = database.pool();
  }

  /** What somebody did in Keycloak. */
  public enum What {
    /** To an account, or to a group's name or attributes. */
    CHANGED,

    /** An account that should be shut is open. */
    ENABLED,

    /** An account that should be open is shut. */
    DISABLED,
    DELETED,

    /** A group is elsewhere in the tree. */
    MOVED,

    /** Somebody is a member who should be none. */
    JOINED,

    /** Somebody is no member who should be one. */
    LEFT;

    /** For a person, and for a metric's label. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean givesAccess() {
      return this == ENABLED || this == JOINED;
    }
  }

  /**
   * Something that is not as it should be.
   *
   * @param id the user; the group where {@code kind} is {@link DueKind#GROUP}
   * @param group of a membership; otherwise {@link Claim#NO_GROUP}
   * @param keycloakId of the account; of the group where {@code kind} is {@link DueKind#GROUP}
   * @param author who did it, as far as Keycloak tells
   */
  public record Finding(
      DueKind kind,
      UUID id,
      UUID group,
      What what,
      String keycloakId,
      List<Difference> differences,
      Optional<Author> author) {}

  /**
   * Who changed something in Keycloak, and when.
   *
   * @param name user name, where the realm knows it; otherwise Keycloak's id
   */
  public record Author(String name, Instant at) {}

  /**
   * A finding as operators see it.
   *
   * @param name of the user, or of the group; empty when it is gone here
   * @param groupName of a membership's group
   * @param repaired when it was put back; absent: it waits
   * @param reason why it waits, when that is not just its turn
   */
  public record Reported(
      Finding finding,
      Instant found,
      String name,
      String groupName,
      Optional<Instant> repaired,
      Optional<String> reason) {}

  /** Keeps a finding and has it put back; what gives access that it should not, first of all. */
  public Future<Void> keep(TenantId tenant, Finding finding) {
    JsonArray differences = new JsonArray();
    for (Difference difference : finding.differences()) {
      differences.add(
          new JsonObject()
              .put("field", difference.field())
              .put("expected", difference.expected())
              .put("actual", difference.actual()));
    }
    Optional<Author> author = finding.author();
    return pool.preparedQuery(KEEP)
        .execute(
            Tuple.of(tenant.value(), finding.kind().name(), finding.id(), finding.group())
                .addString(finding.what().word())
                .addString(finding.keycloakId())
                .addValue(differences)
                .addString(author.map(Author::name).orElse(null))
                .addOffsetDateTime(
                    author.map(known -> known.at().atOffset(ZoneOffset.UTC)).orElse(null))
                .addShort(priority(finding)))
        .mapEmpty();
  }

  /** Those that wait first, then the newest. */
  public Future<List<Reported>> list(TenantId tenant, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(tenant.value(), limit))
        .map(rows -> {
          List<Reported> list = new ArrayList<>(rows.size());
          rows.forEach(row -> list.add(reported(row)));
          return List.copyOf(list);
        });
  }

  /** Removes what was put back and is older than {@code age}. */
  public Future<Void> forget(TenantId tenant, Duration age) {
    return pool.preparedQuery(FORGET).execute(Tuple.of(tenant.value(), age.toMillis())).mapEmpty();
  }

  private static short priority(Finding finding) {
    if (finding.what().givesAccess()) {
      return Claim.LOSS_OF_ACCESS;
    }
    return switch (finding.kind()) {
      case GROUP -> 1;
      case USER -> 2;
      case MEMBERSHIP -> 3;
    };
  }

  private static Reported reported(Row row) {
    Optional<Author> author =
        instant(row.getOffsetDateTime("happened"))
            .map(at -> new Author(row.getString("author"), at));
    return new Reported(
        new Finding(
            DueKind.valueOf(row.getString("kind")),
            row.getUUID("id"),
            row.getUUID("group_id"),
            What.valueOf(row.getString("what").toUpperCase(Locale.ROOT)),
            row.getString("keycloak_id"),
            differences((JsonArray) row.getValue("differences")),
            author),
        row.getOffsetDateTime("found").toInstant(),
        row.getString("name"),
        row.getString("group_name"),
        instant(row.getOffsetDateTime("repaired")),
        Optional.ofNullable(row.getString("reason")));
  }

  private static List<Difference> differences(JsonArray array) {
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonObject difference = array.getJsonObject(i);
      differences.add(
          new Difference(
              difference.getString("field"),
              difference.getString("expected", ""),
              difference.getString("actual", "")));
    }
    return List.copyOf(differences);
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
