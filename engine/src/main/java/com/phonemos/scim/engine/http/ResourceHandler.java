package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.scim.patch.Patch;
import com.phonemos.scim.engine.scim.patch.PatchReader;
import com.phonemos.scim.engine.scim.protocol.Projection;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.BodyReader;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.Urn;
import com.phonemos.scim.engine.store.ResourceQuery;
import com.phonemos.scim.engine.store.StoredResource;
import com.phonemos.scim.engine.store.Undelivered;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The operations on one resource type (RFC 7644 §3.3–3.6). */
final class ResourceHandler {
  private final ResourceType type;
  private final ResourceQuery query;
  private final Undelivered undelivered;
  private final CommandSender sender;
  private final Supplier<UUID> ids;
  private final HttpLimits limits;

  ResourceHandler(
      ResourceType type,
      ResourceQuery query,
      Undelivered undelivered,
      CommandSender sender,
      Supplier<UUID> ids,
      HttpLimits limits) {
    this.type = type;
    this.query = query;
    this.undelivered = undelivered;
    this.sender = sender;
    this.ids = ids;
    this.limits = limits;
  }

  /** RFC 7644 §3.3. */
  Future<Void> create(RoutingContext context) {
    BodyReader.Body body = body(context);
    Projection projection = RequestReader.projection(context, type, body.attributes()::has);
    ResourceKey key = new ResourceKey(Exchange.of(context).tenant(), type, ids.get());
    context.addEndHandler(ended -> {
      if (ended.failed()) {
        undelivered.note(key).onFailure(cause -> ResponseWriter.notNoted(context, cause));
      }
    });
    return sender
        .send(
            new Command.Create(
                key,
                Exchange.of(context).actor(),
                body.attributes(),
                body.members().orElse(Set.of())))
        .compose(reply -> written(context, 201, reply, projection));
  }

  /** RFC 7644 §3.4.1. */
  Future<Void> read(RoutingContext context) {
    Projection projection = RequestReader.projection(context, type);
    ResourceKey key = RequestReader.key(context, type);
    return query
        .find(key, Exchange.of(context).base(), referenceBase(context, projection).isPresent())
        .map(found ->
            found.orElseThrow(() -> new ScimException(ScimError.notFound("a " + type.title()))))
        .compose(resource -> {
          boolean isKnown =
              RequestReader.ifNoneMatch(context)
                  .filter(condition -> condition.matches(resource.version()))
                  .isPresent();
          if (isKnown) {
            context.response().putHeader(HttpHeaders.ETAG, resource.version().etag());
            ResponseWriter.empty(context, 304);
            return Future.succeededFuture();
          }
          return answer(context, 200, resource, projection);
        });
  }

  /** RFC 7644 §3.5.1. */
  Future<Void> replace(RoutingContext context) {
    ResourceKey key = RequestReader.key(context, type);
    BodyReader.Body body = body(context);
    Projection projection = RequestReader.projection(context, type, body.attributes()::has);
    return sender
        .send(
            new Command.Replace(
                key,
                Exchange.of(context).actor(),
                RequestReader.preconditions(context),
                Exchange.of(context).schemas(),
                body.attributes(),
                body.members()))
        .compose(reply -> written(context, 200, reply, projection));
  }

  /** RFC 7644 §3.5.2. */
  Future<Void> patch(RoutingContext context) {
    ResourceKey key = RequestReader.key(context, type);
    Exchange exchange = Exchange.of(context);
    Patch patch =
        PatchReader.read(exchange.schemas(), type, exchange.dialect(), RequestReader.body(context));
    Projection projection = RequestReader.projection(context, type, patch::concerns);
    return sender
        .send(
            new Command.Patch(
                key, Exchange.of(context).actor(), RequestReader.preconditions(context), patch))
        .compose(reply -> written(context, 200, reply, projection));
  }

  /** RFC 7644 §3.6. */
  Future<Void> delete(RoutingContext context) {
    ResourceKey key = RequestReader.key(context, type);
    return sender
        .send(
            new Command.Delete(
                key, Exchange.of(context).actor(), RequestReader.preconditions(context)))
        .compose(reply -> written(context, 204, reply, Projection.DEFAULT));
  }

  private BodyReader.Body body(RoutingContext context) {
    Exchange exchange = Exchange.of(context);
    BodyReader.Body body =
        BodyReader.read(exchange.schemas(), type, exchange.dialect(), RequestReader.body(context));
    RequestTrace.names(context, type, body.attributes());
    return body;
  }

  private Future<Void> written(
      RoutingContext context, int status, Reply reply, Projection projection) {
    return switch (reply) {
      case Reply.Rejected rejected -> Future.failedFuture(new ScimException(rejected.error()));
      case Reply.Deleted deleted -> {
        ResponseWriter.empty(context, 204);
        yield Future.succeededFuture();
      }
      case Reply.Created created -> written(context, status, created.resource(), true, projection);
      case Reply.Written written -> written(context, status, written.resource(), false, projection);
      case Reply.Bulk bulk -> throw new IllegalStateException("Nobody asked for a bulk");
    };
  }

  private Future<Void> written(
      RoutingContext context, int status, Resource resource, boolean isNew, Projection projection) {
    RequestTrace.concerns(context, resource.key());
    Optional<String> base = referenceBase(context, projection);
    if (hasManager(resource)) {
      return committed(context, status, resource, asRead(context, resource, base), projection);
    }
    boolean referencesAreKnown =
        resource.key().type() == ResourceType.GROUP ? resource.memberCount() == 0 : isNew;
    if (referencesAreKnown || base.isEmpty()) {
      return answer(context, status, ResourceBody.stored(resource), projection);
    }
    boolean isLarge = resource.memberCount() > limits.answeredMembers();
    if (isLarge && RequestReader.noContentWillDo(context)) {
      ResponseWriter.written(context, resource.version());
      return Future.succeededFuture();
    }
    Future<StoredResource> read =
        query
            .references(resource.key(), base.get())
            .map(references -> ResourceBody.stored(resource, references));
    return committed(context, status, resource, read, projection);
  }

  private static boolean hasManager(Resource resource) {
    return resource.attributes().json().path(Urn.ENTERPRISE_USER).has("manager");
  }

  /** As it will be read, because only a read tells who the manager is. */
  private Future<StoredResource> asRead(
      RoutingContext context, Resource resource, Optional<String> base) {
    return query
        .find(resource.key(), Exchange.of(context).base(), base.isPresent())
        .map(found ->
            found
                .filter(one -> one.version().equals(resource.version()))
                .orElseGet(() -> ResourceBody.stored(resource)));
  }

  /**
   * What is committed is done, even where what belongs to the answer cannot be read: then a change
   * is answered without a body (RFC 7644 §3.5.2), and a creation with what it wrote, for the id.
   */
  private Future<Void> committed(
      RoutingContext context,
      int status,
      Resource resource,
      Future<StoredResource> read,
      Projection projection) {
    return read.compose(one -> answer(context, status, one, projection))
        .recover(cause -> {
          if (context.response().headWritten()) {
            // Broken off: whoever asks again gets what was committed.
            return Future.failedFuture(cause);
          }
          ResponseWriter.notRead(context, cause);
          if (status == 201) {
            return answer(context, status, ResourceBody.stored(resource), projection);
          }
          ResponseWriter.written(context, resource.version());
          return Future.succeededFuture();
        });
  }

  private Future<Void> answer(
      RoutingContext context, int status, StoredResource resource, Projection projection) {
    String base = Exchange.of(context).base();
    context.response().putHeader(HttpHeaders.ETAG, resource.version().etag());
    context.response().putHeader(HttpHeaders.LOCATION, ResourceBody.location(resource, base));
    JsonAnswer answer = new JsonAnswer(context, status);
    return new ResourceWriter(query, context, Map.of(type, projection))
        .write(answer, List.of(resource).iterator())
        .onSuccess(written -> answer.end());
  }

  /** Members and groups are read only where they are answered. */
  private Optional<String> referenceBase(RoutingContext context, Projection projection) {
    return projection.leavesOut(ResourceBody.referencesOf(type))
        ? Optional.empty()
        : Optional.of(Exchange.of(context).base());
  }
}
