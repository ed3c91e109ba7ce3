package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;

/**
 * PostgreSQL as reads see it: connections of their own, apart from those that write, in two
 * budgets. A look-up is served by an index, whatever the number of resources. A search may have to
 * look at all of them; few run at a time, for a bounded time, and one tenant has half of them at
 * most, so that they starve nobody.
 */
public final class ReadDatabase {
  /** SQLSTATE query_canceled: the statement timeout. */
  private static final String CANCELED = "57014";

  private final Database lookups;
  private final Database searches;
  private final SearchTurns turns;
  private final Duration searchTimeout;

  private ReadDatabase(
      Database lookups, Database searches, SearchTurns turns, Duration searchTimeout) {
    this.lookups = lookups;
    this.searches = searches;
    this.turns = turns;
    this.searchTimeout = searchTimeout;
  }

  /**
   * Bounds of what reads may take.
   *
   * @param lookups connections
   * @param searches connections, of which one tenant has half at most
   * @param searchTimeout after which a search is given up, and waiting for one's turn, too
   */
  public record Budget(int lookups, int searches, Duration searchTimeout) {}

  /** Opens both pools, as {@link Database#open} does. */
  public static ReadDatabase open(Vertx vertx, String uri, Duration timeout, Budget budget) {
    return new ReadDatabase(
        Database.open(vertx, uri, "lookups", budget.lookups(), timeout, Database.BY_KEY_ONLY),
        Database.openUnprepared(
            vertx,
            uri,
            "searches",
            budget.searches(),
            timeout,
            Map.of("statement_timeout", Long.toString(budget.searchTimeout().toMillis()))),
        new SearchTurns(vertx, Math.max(1, budget.searches() / 2), budget.searchTimeout()),
        budget.searchTimeout());
  }

  Future<RowSet<Row>> lookUp(String sql, Tuple values) {
    return lookups.pool().preparedQuery(sql).execute(values);
  }

  /** Fails with 400 tooMany when it takes too long, with 429 when its turn does not come. */
  Future<RowSet<Row>> search(TenantId tenant, String sql, Tuple values) {
    return turns
        .take(tenant, () -> searches.pool().preparedQuery(sql).execute(values))
        .recover(cause -> Future.failedFuture(isTimeout(cause) ? tooMany() : cause));
  }

  public Future<Void> close() {
    return Future.join(lookups.close(), searches.close()).mapEmpty();
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof PgException failure && CANCELED.equals(failure.getSqlState());
  }

  private ScimException tooMany() {
    return new ScimException(
        ScimError.badRequest(
            ScimType.TOO_MANY,
            "Expected a filter and an order that an index serves, but this search took longer than "
                + searchTimeout.toMillis()
                + " ms; narrow the filter, or page by cursor"));
  }
}
