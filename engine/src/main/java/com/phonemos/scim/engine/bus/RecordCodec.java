package com.phonemos.scim.engine.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Passes immutable records by reference inside one process. No message leaves the process, so there
 * is no wire form.
 */
public final class RecordCodec implements MessageCodec<Object, Object> {
  private static final String NAME = "record";

  private RecordCodec() {}

  /** Lets the bus carry the records of this package; once per Vert.x instance. */
  public static void register(EventBus bus) {
    bus.registerCodec(new RecordCodec())
        .codecSelector(body -> body.getClass().isRecord() ? NAME : null);
  }

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new IllegalStateException("The bus is local");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("The bus is local");
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
