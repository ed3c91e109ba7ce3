package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.BusAddress;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;

/** Sends commands to the shard of their tenant. */
final class CommandSender {
  private final EventBus bus;
  private final int shards;
  private final DeliveryOptions options;

  /**
   * @param timeout longer than a mailbox's deadline and a transaction's timeouts together: an
   *     answer that comes later than this may be to a command that was committed
   */
  CommandSender(EventBus bus, int shards, Duration timeout) {
    this.bus = bus;
    this.shards = shards;
    this.options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout.toMillis());
  }

  Future<Reply> send(Command command) {
    int shard = BusAddress.shardOf(command.tenant(), shards);
    return bus.<Reply>request(BusAddress.mutation(shard), command, options).map(Message::body);
  }
}
