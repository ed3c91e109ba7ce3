package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.RecordCodec;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.TestPostgres;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.BatchStore;
import com.phonemos.scim.engine.store.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One shard on a real PostgreSQL, without what sends it commands. */
final class TestShard implements AutoCloseable {
  private static final int SHARD = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final Rows rows;

  TestShard() {
    RecordCodec.register(vertx.eventBus());
    String uri = TestPostgres.createDatabase();
    rows = new Rows(uri);
    Database database =
        Database.open(vertx, uri, "batches", 2, Database.TIMEOUT, Database.BY_KEY_ONLY);
    await(
        vertx.deployVerticle(
            new MutationVerticle(
                SHARD,
                new BatchStore(database),
                Clock.systemUTC(),
                new MutationVerticle.Limits(10_000, 500, PATIENCE),
                MutationRecorder.NONE)));
  }

  Rows rows() {
    return rows;
  }

  TenantId newTenant() {
    TenantId tenant = new TenantId(UUID.randomUUID());
    rows.update(
        "INSERT INTO tenant (id, slug) VALUES (?, ?)",
        tenant.value(),
        "t" + tenant.value().toString().substring(0, 8));
    return tenant;
  }

  Future<Reply> send(Command command) {
    return vertx.eventBus().<Reply>request(BusAddress.mutation(SHARD), command).map(Message::body);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(late);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
