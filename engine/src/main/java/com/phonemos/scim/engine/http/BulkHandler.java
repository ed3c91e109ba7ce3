package com.phonemos.scim.engine.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.scim.bulk.BulkOperation;
import com.phonemos.scim.engine.scim.bulk.BulkPlan;
import com.phonemos.scim.engine.scim.patch.PatchReader;
import com.phonemos.scim.engine.scim.protocol.ErrorBody;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.BodyReader;
import com.phonemos.scim.engine.scim.resource.Precondition;
import com.phonemos.scim.engine.scim.resource.Preconditions;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.Urn;
import com.phonemos.scim.engine.store.Undelivered;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Many operations in one request, committed together (RFC 7644 §3.7). */
final class BulkHandler {
  /** Announced in ServiceProviderConfig. */
  static final int MAX_OPERATIONS = 1_000;

  private final CommandSender sender;
  private final Undelivered undelivered;
  private final Supplier<UUID> ids;

  BulkHandler(CommandSender sender, Undelivered undelivered, Supplier<UUID> ids) {
    this.sender = sender;
    this.undelivered = undelivered;
    this.ids = ids;
  }

  Future<Void> bulk(RoutingContext context) {
    Exchange exchange = Exchange.of(context);
    BulkPlan plan = BulkPlan.of(RequestReader.body(context), MAX_OPERATIONS, ids);
    List<Command.Bulk.Step> steps =
        plan.steps().stream().map(step -> step(exchange, step)).toList();
    noteUndelivered(context, steps);
    return sender
        .send(new Command.Bulk(exchange.tenant(), exchange.actor(), plan.failOnErrors(), steps))
        .map(reply -> {
          ObjectNode answer = answer(exchange, plan, ((Reply.Bulk) reply).replies());
          ResponseWriter.json(context, 200, answer.toString());
          return null;
        });
  }

  private static Command.Bulk.Step step(Exchange exchange, BulkPlan.Step planned) {
    return switch (planned) {
      case BulkPlan.Step.Refused refused -> new Command.Bulk.Step.Refused(refused.error());
      case BulkPlan.Step.Ready ready -> {
        try {
          yield new Command.Bulk.Step.Run(mutation(exchange, ready), ready.needs());
        } catch (ScimException refused) {
          yield new Command.Bulk.Step.Refused(refused.error());
        }
      }
    };
  }

  private static Command.Mutation mutation(Exchange exchange, BulkPlan.Step.Ready step) {
    BulkOperation operation = step.operation();
    ResourceKey key =
        step.id()
            .map(id -> new ResourceKey(exchange.tenant(), operation.type(), id))
            .orElseThrow(
                () -> new ScimException(ScimError.notFound("a " + operation.type().title())));
    Preconditions preconditions =
        new Preconditions(operation.version().flatMap(Precondition::parse), Optional.empty());
    return switch (operation.method()) {
      case POST -> {
        BodyReader.Body body = body(exchange, operation);
        yield new Command.Create(
            key, exchange.actor(), body.attributes(), body.members().orElse(Set.of()));
      }
      case PUT -> {
        BodyReader.Body body = body(exchange, operation);
        yield new Command.Replace(
            key,
            exchange.actor(),
            preconditions,
            exchange.schemas(),
            body.attributes(),
            body.members());
      }
      case PATCH ->
          new Command.Patch(
              key,
              exchange.actor(),
              preconditions,
              PatchReader.read(
                  exchange.schemas(), operation.type(), exchange.dialect(), operation.data()));
      case DELETE -> new Command.Delete(key, exchange.actor(), preconditions);
    };
  }

  private static BodyReader.Body body(Exchange exchange, BulkOperation operation) {
    return BodyReader.read(
        exchange.schemas(), operation.type(), exchange.dialect(), operation.data());
  }

  private void noteUndelivered(RoutingContext context, List<Command.Bulk.Step> steps) {
    List<ResourceKey> created = new ArrayList<>();
    for (Command.Bulk.Step step : steps) {
      if (step instanceof Command.Bulk.Step.Run run
          && run.mutation() instanceof Command.Create create) {
        created.add(create.key());
      }
    }
    context.addEndHandler(ended -> {
      if (ended.failed()) {
        created.forEach(key ->
            undelivered.note(key).onFailure(cause -> ResponseWriter.notNoted(context, cause)));
      }
    });
  }

  /** In the order of the request; what failOnErrors left undone is not there. */
  private static ObjectNode answer(
      Exchange exchange, BulkPlan plan, List<Optional<Reply>> replies) {
    Map<Integer, ObjectNode> byPlace = new TreeMap<>();
    for (int i = 0; i < replies.size(); i++) {
      BulkPlan.Step step = plan.steps().get(i);
      replies.get(i).ifPresent(reply -> byPlace.put(step.place(), answer(exchange, step, reply)));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putArray("schemas").add(Urn.BULK_RESPONSE);
    ArrayNode operations = answer.putArray("Operations");
    byPlace.values().forEach(operations::add);
    return answer;
  }

  private static ObjectNode answer(Exchange exchange, BulkPlan.Step step, Reply reply) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put(
        "method",
        switch (step) {
          case BulkPlan.Step.Ready ready -> ready.operation().method().name();
          case BulkPlan.Step.Refused refused -> refused.method();
        });
    step.bulkId().ifPresent(bulkId -> answer.put("bulkId", bulkId));
    switch (reply) {
      case Reply.Created created -> written(exchange, answer, created.resource(), "201");
      case Reply.Written written ->
          written(exchange, answer, written.resource(), isPost(step) ? "201" : "200");
      case Reply.Deleted deleted -> {
        location(exchange, step).ifPresent(location -> answer.put("location", location));
        answer.put("status", "204");
      }
      case Reply.Rejected rejected -> {
        if (!isPost(step)) {
          location(exchange, step).ifPresent(location -> answer.put("location", location));
        }
        answer.put("status", Integer.toString(rejected.error().status()));
        answer.set("response", ErrorBody.of(rejected.error()));
      }
      case Reply.Bulk nested -> throw new IllegalStateException("A bulk is never inside another");
    }
    return answer;
  }

  private static void written(
      Exchange exchange, ObjectNode answer, Resource resource, String status) {
    answer.put("location", location(exchange, resource.key()));
    answer.put("version", resource.version().etag());
    answer.put("status", status);
  }

  private static boolean isPost(BulkPlan.Step step) {
    return step instanceof BulkPlan.Step.Ready ready
        && ready.operation().method() == BulkOperation.Method.POST;
  }

  private static Optional<String> location(Exchange exchange, BulkPlan.Step step) {
    return step instanceof BulkPlan.Step.Ready ready
        ? ready
            .id()
            .map(id -> new ResourceKey(exchange.tenant(), ready.operation().type(), id))
            .map(key -> location(exchange, key))
        : Optional.empty();
  }

  private static String location(Exchange exchange, ResourceKey key) {
    return exchange.base() + key.type().endpoint() + '/' + key.id();
  }
}
