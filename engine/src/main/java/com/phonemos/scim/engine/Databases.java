package com.phonemos.scim.engine;

import com.phonemos.scim.engine.store.Database;
import com.phonemos.scim.engine.store.ReadDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;

/**
 * The connections to PostgreSQL, apart by what they are for, so that no kind of work waits for
 * another's. They connect when they are used first.
 *
 * @param shared what waits for nobody: tokens, the due set, operators, the request log
 * @param batches one for each shard
 * @param reads of clients
 */
record Databases(Database shared, Database batches, ReadDatabase reads) {
  static Databases open(Vertx vertx, String uri, EngineConfig.Limits limits) {
    return new Databases(
        Database.open(vertx, uri, "shared", limits.poolSize(), limits.databaseTimeout(), Map.of()),
        Database.open(
            vertx, uri, "batches", limits.shards(), limits.databaseTimeout(), Database.BY_KEY_ONLY),
        ReadDatabase.open(vertx, uri, limits.databaseTimeout(), limits.reads()));
  }

  Future<?> close() {
    return Future.join(shared.close(), batches.close(), reads.close());
  }
}
