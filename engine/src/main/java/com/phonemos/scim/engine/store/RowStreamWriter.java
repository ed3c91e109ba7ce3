package com.phonemos.scim.engine.store;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as text, as fast as that is taken; does not end the stream that it is written to. */
final class RowStreamWriter implements WriteStream<Row> {
  private static final int ROWS_AT_ONCE = 200;

  private final WriteStream<Buffer> to;
  private final Function<Row, String> text;

  private RowStreamWriter(WriteStream<Buffer> to, Function<Row, String> text) {
    this.to = to;
    this.text = text;
  }

  /** Writes what a statement answers; the connection has to be in a transaction. */
  static Future<Void> write(
      SqlConnection sql,
      String statement,
      Tuple values,
      WriteStream<Buffer> to,
      Function<Row, String> text) {
    return sql.prepare(statement)
        .compose(prepared -> {
          RowStream<Row> rows = prepared.createStream(ROWS_AT_ONCE, values);
          return rows.pipe().endOnComplete(false).to(new RowStreamWriter(to, text));
        });
  }

  @Override
  public Future<Void> write(Row row) {
    return to.write(Buffer.buffer(text.apply(row)));
  }

  @Override
  public Future<Void> end() {
    return Future.succeededFuture();
  }

  @Override
  public WriteStream<Row> exceptionHandler(@Nullable Handler<Throwable> handler) {
    to.exceptionHandler(handler);
    return this;
  }

  @Override
  public WriteStream<Row> setWriteQueueMaxSize(int size) {
    to.setWriteQueueMaxSize(size);
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return to.writeQueueFull();
  }

  @Override
  public WriteStream<Row> drainHandler(@Nullable Handler<Void> handler) {
    to.drainHandler(handler);
    return this;
  }
}
