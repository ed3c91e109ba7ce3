package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaExtension;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * What operators set for one tenant: its policy and its schema extensions. Engines see a change
 * within a second, with the next look at a token.
 */
public final class TenantSettings {
  private static final String POLICY = "SELECT policy::text FROM tenant WHERE id = $1";

  private static final String DECIDE =
      """
      UPDATE tenant SET policy = policy || $2::text::jsonb WHERE id = $1
      """;

  private static final String SCHEMAS = "SELECT schemas::text FROM tenant WHERE id = $1";

  private static final String LOCK_SCHEMAS = SCHEMAS + " FOR UPDATE";

  private static final String SET_SCHEMAS =
      """
      UPDATE tenant SET schemas = $2::text::json WHERE id = $1
      """;

  private static final String USERS_WITH =
      """
      SELECT count(*) FROM scim_user WHERE tenant_id = $1 AND resource ? $2
      """;

  private static final String GROUPS_WITH =
      """
      SELECT count(*) FROM scim_group WHERE tenant_id = $1 AND resource ? $2
      """;

  private final Database database;

  public TenantSettings(Database database) {
    this.database = database;
  }

  /** A schema cannot be changed or removed, because resources have values of it. */
  public static final class SchemaInUseException extends RuntimeException {
    private SchemaInUseException(String urn, long resources) {
      super(
          "Expected no resource with attributes of "
              + urn
              + " that would be lost, but "
              + resources
              + (resources == 1 ? " has" : " have")
              + " them");
    }
  }

  public Future<TenantPolicy> policy(TenantId tenant) {
    return database
        .pool()
        .preparedQuery(POLICY)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> TenantPolicy.read(rows.iterator().next().getString(0)));
  }

  /** Sets what {@code decisions} decides and leaves the rest. */
  public Future<Void> decide(TenantId tenant, TenantPolicy decisions) {
    return database
        .pool()
        .preparedQuery(DECIDE)
        .execute(Tuple.of(tenant.value(), decisions.toJson()))
        .mapEmpty();
  }

  /** The tenant's own, in the order in which they were added. */
  public Future<List<SchemaExtension>> schemas(TenantId tenant) {
    return database
        .pool()
        .preparedQuery(SCHEMAS)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> TenantSchemas.read(rows.iterator().next().getString(0)));
  }

  /**
   * Adds an extension, or puts it in the place of the one with its URN.
   *
   * @return failed with {@link SchemaInUseException} when values of the one before would no longer
   *     be of the schema
   */
  public Future<Void> putSchema(TenantId tenant, SchemaExtension extension) {
    return change(
        tenant,
        extension.urn(),
        keptBy(extension),
        schemas -> {
          int place = indexOf(schemas, extension.urn());
          if (place < 0) {
            schemas.add(extension);
          } else {
            schemas.set(place, extension);
          }
        });
  }

  /**
   * Takes an extension away; one that is not there may be taken away, too.
   *
   * @return failed with {@link SchemaInUseException} when resources have values of it
   */
  public Future<Void> removeSchema(TenantId tenant, String urn) {
    return change(
        tenant,
        urn,
        before -> false,
        schemas -> schemas.removeIf(schema -> schema.urn().equalsIgnoreCase(urn)));
  }

  private Future<Void> change(
      TenantId tenant,
      String urn,
      Keeps keeps,
      java.util.function.Consumer<List<SchemaExtension>> edit) {
    return database
        .pool()
        .withTransaction(sql ->
            sql.preparedQuery(LOCK_SCHEMAS)
                .execute(Tuple.of(tenant.value()))
                .compose(rows -> {
                  List<SchemaExtension> schemas =
                      new ArrayList<>(TenantSchemas.read(rows.iterator().next().getString(0)));
                  int place = indexOf(schemas, urn);
                  boolean safe = place < 0 || keeps.all(schemas.get(place));
                  Future<Void> unused =
                      safe ? Future.succeededFuture() : unused(sql, tenant, schemas.get(place));
                  edit.accept(schemas);
                  Tuple values = Tuple.of(tenant.value(), TenantSchemas.write(schemas));
                  return unused.compose(none -> sql.preparedQuery(SET_SCHEMAS).execute(values));
                }))
        .mapEmpty();
  }

  /** Whether every value of an extension is one of another, too. */
  private interface Keeps {
    boolean all(SchemaExtension before);
  }

  private static Keeps keptBy(SchemaExtension after) {
    return before ->
        before.type() == after.type()
            && before.urn().equals(after.urn())
            && after.attributes().containsAll(before.attributes())
            && after.attributes().stream()
                .filter(attribute -> !before.attributes().contains(attribute))
                .noneMatch(added -> added.required());
  }

  private static Future<Void> unused(SqlConnection sql, TenantId tenant, SchemaExtension schema) {
    return sql.preparedQuery(schema.type() == ResourceType.USER ? USERS_WITH : GROUPS_WITH)
        .execute(Tuple.of(tenant.value(), schema.urn()))
        .compose(rows -> {
          long count = rows.iterator().next().getLong(0);
          return count == 0
              ? Future.succeededFuture()
              : Future.failedFuture(new SchemaInUseException(schema.urn(), count));
        });
  }

  private static int indexOf(List<SchemaExtension> schemas, String urn) {
    for (int i = 0; i < schemas.size(); i++) {
      if (schemas.get(i).urn().equalsIgnoreCase(urn)) {
        return i;
      }
    }
    return -1;
  }
}
