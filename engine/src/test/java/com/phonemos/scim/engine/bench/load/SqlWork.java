package com.phonemos.scim.engine.bench.load;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The pieces of work of a workload, one after the other. */
interface SqlWork {
  /** As in {@link HttpRequests#SEED}. */
  long SEED = HttpRequests.SEED;

  String INSERT_USER =
      """
      INSERT INTO scim_user (tenant_id, id, user_name_key, external_id, active, email_keys,
                             resource, revision, created, modified)
      VALUES ($1, $2, $3, $4, true, $5, $6::text::jsonb, $7, $8, $8)\
      """;

  String INSERT_JOURNAL =
      """
      INSERT INTO journal (tenant_id, revision, at, actor, request_id, operation, resource_type,
                           resource_id, after)
      VALUES ($1, $2, $3, $4, $5, 'create', 'User', $6, $7::text::jsonb)\
      """;

  String INSERT_DUE =
      """
      INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
      VALUES ($1, 'USER', $2, $3, 2, $4, $4)\
      """;

  String INSERT_REQUEST =
      """
      INSERT INTO request_log (tenant_id, at, request_id, token_id, method, operation,
                               resource_type, resource_id, subject, status, duration_us)
      VALUES ($1, $2, $3, $4, 'POST', 'create', 'User', $5, sha256($6::text::bytea), 201, 1)\
      """;

  String INSERT_ALL =
      """
      WITH new_user AS (
        INSERT INTO scim_user (tenant_id, id, user_name_key, external_id, active, email_keys,
                               resource, revision, created, modified)
        VALUES ($1, $2, $3, $4, true, $5, $6::text::jsonb, $7, $8, $8)),
      new_entry AS (
        INSERT INTO journal (tenant_id, revision, at, actor, request_id, operation, resource_type,
                             resource_id, after)
        VALUES ($1, $7, $8, $9, $10, 'create', 'User', $2, $6::text::jsonb)),
      new_request AS (
        INSERT INTO request_log (tenant_id, at, request_id, token_id, method, operation,
                                 resource_type, resource_id, subject, status, duration_us)
        VALUES ($1, $8, $10, $9, 'POST', 'create', 'User', $2, sha256($3::text::bytea), 201, 1))
      INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
      VALUES ($1, 'USER', $2, $11, 2, $8, $8)\
      """;

  UUID NIL = new UUID(0, 0);

  Future<?> run(SqlConnection connection);

  static SqlWork of(Workload.Sql workload) {
    return switch (workload) {
      case Workload.InsertUsers insert -> new Inserts(insert);
      case Workload.Select select -> selects(select);
    };
  }

  private static SqlWork selects(Workload.Select workload) {
    Template key = new Template(workload.key());
    RandomGenerator random = new SplittableRandom(SEED);
    boolean byId = workload.key().equals(SampleUser.ID);
    return connection -> {
      String drawn = key.fill(random.nextInt(workload.users()));
      return one(
          connection.preparedQuery(workload.sql()),
          Tuple.of(workload.tenant(), byId ? UUID.fromString(drawn) : drawn));
    };
  }

  private static Future<RowSet<Row>> one(PreparedQuery<RowSet<Row>> query, Tuple values) {
    return query
        .execute(values)
        .map(rows -> {
          if (rows.size() != 1) {
            throw new IllegalStateException("Expected one row, but there are " + rows.size());
          }
          return rows;
        });
  }

  /** New users, tenant after tenant. */
  final class Inserts implements SqlWork {
    private static final Template USER_NAME = new Template(SampleUser.USER_NAME);
    private static final Template EXTERNAL_ID = new Template(SampleUser.EXTERNAL_ID);
    private static final Template EMAIL = new Template(SampleUser.EMAIL);
    private static final Template ATTRIBUTES = new Template(SampleUser.ATTRIBUTES);

    private final Workload.InsertUsers workload;
    private long serial;

    Inserts(Workload.InsertUsers workload) {
      this.workload = workload;
      this.serial = workload.first();
    }

    @Override
    public Future<?> run(SqlConnection connection) {
      long n = serial++;
      List<UUID> tenants = workload.tenants();
      UUID tenant = tenants.get((int) (n % tenants.size()));
      return workload.oneStatement()
          ? oneStatement(connection, tenant, n)
          : oneTransaction(connection, tenant, n);
    }

    private static Future<?> oneTransaction(SqlConnection connection, UUID tenant, long n) {
      UUID id = SampleUser.id(n);
      OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
      String userName = USER_NAME.fill(n);
      String attributes = ATTRIBUTES.fill(n);
      Tuple user =
          Tuple.tuple()
              .addUUID(tenant)
              .addUUID(id)
              .addString(userName)
              .addString(EXTERNAL_ID.fill(n))
              .addArrayOfString(new String[] {EMAIL.fill(n)})
              .addString(attributes)
              .addLong(n)
              .addOffsetDateTime(now);
      Tuple entry =
          Tuple.tuple()
              .addUUID(tenant)
              .addLong(n)
              .addOffsetDateTime(now)
              .addUUID(NIL)
              .addString(requestId(n))
              .addUUID(id)
              .addString(attributes);
      Tuple mark = Tuple.of(tenant, id, NIL, now);
      Tuple request = Tuple.of(tenant, now, requestId(n), NIL, id, userName);
      return connection
          .begin()
          .compose(transaction ->
              connection
                  .preparedQuery(INSERT_USER)
                  .execute(user)
                  .compose(done -> connection.preparedQuery(INSERT_JOURNAL).execute(entry))
                  .compose(done -> connection.preparedQuery(INSERT_DUE).execute(mark))
                  .compose(done -> connection.preparedQuery(INSERT_REQUEST).execute(request))
                  .compose(done -> transaction.commit()));
    }

    private static Future<?> oneStatement(SqlConnection connection, UUID tenant, long n) {
      return connection
          .preparedQuery(INSERT_ALL)
          .execute(
              Tuple.tuple()
                  .addUUID(tenant)
                  .addUUID(SampleUser.id(n))
                  .addString(USER_NAME.fill(n))
                  .addString(EXTERNAL_ID.fill(n))
                  .addArrayOfString(new String[] {EMAIL.fill(n)})
                  .addString(ATTRIBUTES.fill(n))
                  .addLong(n)
                  .addOffsetDateTime(OffsetDateTime.now(ZoneOffset.UTC))
                  .addUUID(NIL)
                  .addString(requestId(n))
                  .addUUID(NIL));
    }

    private static String requestId(long n) {
      return "1y2p0ij32e8e7-" + Long.toString(n, Character.MAX_RADIX);
    }
  }
}
