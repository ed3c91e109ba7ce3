package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterCheck;
import com.phonemos.scim.engine.scim.filter.FilterParser;
import com.phonemos.scim.engine.scim.patch.Patch;
import com.phonemos.scim.engine.scim.patch.PatchReader;
import com.phonemos.scim.engine.scim.protocol.Projection;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.BodyReader;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.Urn;
import com.phonemos.scim.engine.store.ResourceQuery;
import com.phonemos.scim.engine.store.StoredResource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The operations on one resource type (RFC 7644 §3.3–3.6). */
final class ResourceHandler {
  private final ResourceType type;
  private final ResourceQuery query;
  private final CommandSender sender;
  private final Supplier<UUID> ids;
  private final HttpLimits limits;

  ResourceHandler(
      ResourceType type,
      ResourceQuery query,
      CommandSender sender,
      Supplier<UUID> ids,
      HttpLimits limits) {
    this.type = type;
    this.query = query;
    this.sender = sender;
    this.ids = ids;
    this.limits = limits;
  }

  /** RFC 7644 §3.3. */
  Future<Void> create(RoutingContext context) {
    Projection projection = RequestReader.projection(context, type);
    BodyReader.Body body = body(context);
    ResourceKey key = new ResourceKey(Exchange.of(context).tenant(), type, ids.get());
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
        .find(key, referenceBase(context, projection))
        .map(found ->
            found.orElseThrow(() -> new ScimException(ScimError.notFound("a " + type.title()))))
        .map(resource -> {
          if (RequestReader.ifNoneMatch(context)
              .filter(condition -> condition.matches(resource.version()))
              .isPresent()) {
            context.response().putHeader(HttpHeaders.ETAG, resource.version().etag());
            ResponseWriter.empty(context, 304);
          } else {
            answer(context, 200, resource, projection);
          }
          return null;
        });
  }

  /** RFC 7644 §3.4.2. */
  Future<Void> list(RoutingContext context) {
    Projection projection = RequestReader.projection(context, type);
    Optional<Filter> filter =
        RequestReader.parameter(context, "filter", ScimType.INVALID_FILTER)
            .map(text ->
                FilterCheck.check(Exchange.of(context).schemas(), type, FilterParser.parse(text)));
    long startIndex = Math.max(1, RequestReader.integer(context, "startIndex", 1));
    long count = RequestReader.integer(context, "count", limits.defaultPage());
    int limit = Math.clamp(count, 0, limits.maxPage());
    return query
        .list(
            new ResourceQuery.Request(
                Exchange.of(context).tenant(),
                Exchange.of(context).schemas(),
                type,
                filter,
                startIndex - 1,
                limit,
                referenceBase(context, projection)))
        .map(page -> {
          ResponseWriter.json(context, 200, list(context, page, startIndex, projection));
          return null;
        });
  }

  /** RFC 7644 §3.5.1. */
  Future<Void> replace(RoutingContext context) {
    Projection projection = RequestReader.projection(context, type);
    ResourceKey key = RequestReader.key(context, type);
    BodyReader.Body body = body(context);
    return sender
        .send(
            new Command.Replace(
                key,
                Exchange.of(context).actor(),
                RequestReader.ifMatch(context),
                Exchange.of(context).schemas(),
                body.attributes(),
                body.members()))
        .compose(reply -> written(context, 200, reply, projection));
  }

  /** RFC 7644 §3.5.2. */
  Future<Void> patch(RoutingContext context) {
    Projection projection = RequestReader.projection(context, type);
    ResourceKey key = RequestReader.key(context, type);
    Exchange exchange = Exchange.of(context);
    Patch patch =
        PatchReader.read(exchange.schemas(), type, exchange.dialect(), RequestReader.body(context));
    return sender
        .send(
            new Command.Patch(
                key, Exchange.of(context).actor(), RequestReader.ifMatch(context), patch))
        .compose(reply -> written(context, 200, reply, projection));
  }

  /** RFC 7644 §3.6. */
  Future<Void> delete(RoutingContext context) {
    ResourceKey key = RequestReader.key(context, type);
    return sender
        .send(new Command.Delete(key, Exchange.of(context).actor(), RequestReader.ifMatch(context)))
        .compose(reply -> written(context, 204, reply, Projection.DEFAULT));
  }

  private BodyReader.Body body(RoutingContext context) {
    Exchange exchange = Exchange.of(context);
    return BodyReader.read(
        exchange.schemas(), type, exchange.dialect(), RequestReader.body(context));
  }

  private Future<Void> written(
      RoutingContext context, int status, Reply reply, Projection projection) {
    return switch (reply) {
      case Reply.Rejected rejected -> Future.failedFuture(new ScimException(rejected.error()));
      case Reply.Deleted deleted -> {
        ResponseWriter.empty(context, 204);
        yield Future.succeededFuture();
      }
      case Reply.Written written -> written(context, status, written.resource(), projection);
    };
  }

  private Future<Void> written(
      RoutingContext context, int status, Resource resource, Projection projection) {
    boolean referencesAreKnown =
        resource.key().type() == ResourceType.GROUP ? resource.memberCount() == 0 : status == 201;
    Optional<String> base = referenceBase(context, projection);
    if (referencesAreKnown || base.isEmpty()) {
      answer(context, status, ResourceBody.stored(resource), projection);
      return Future.succeededFuture();
    }
    if (status != 201 && resource.memberCount() > limits.answeredMembers()) {
      context.response().putHeader(HttpHeaders.ETAG, resource.version().etag());
      ResponseWriter.empty(context, 204);
      return Future.succeededFuture();
    }
    return query
        .references(resource.key(), base.get())
        .map(references -> {
          answer(context, status, ResourceBody.stored(resource, references), projection);
          return null;
        });
  }

  private void answer(
      RoutingContext context, int status, StoredResource resource, Projection projection) {
    String base = Exchange.of(context).base();
    context.response().putHeader(HttpHeaders.ETAG, resource.version().etag());
    context.response().putHeader(HttpHeaders.LOCATION, ResourceBody.location(type, resource, base));
    ResponseWriter.json(
        context, status, ResourceBody.of(Exchange.of(context), type, resource, projection));
  }

  private String list(
      RoutingContext context, ResourceQuery.Page page, long startIndex, Projection projection) {
    StringBuilder json = new StringBuilder(256 + 1024 * page.resources().size());
    json.append("{\"schemas\":[\"").append(Urn.LIST_RESPONSE).append("\"],\"totalResults\":");
    json.append(page.total()).append(",\"startIndex\":").append(startIndex);
    json.append(",\"itemsPerPage\":").append(page.resources().size()).append(",\"Resources\":[");
    String separator = "";
    for (StoredResource resource : page.resources()) {
      json.append(separator);
      json.append(ResourceBody.of(Exchange.of(context), type, resource, projection));
      separator = ",";
    }
    return json.append("]}").toString();
  }

  /** Members and groups are read only where they are answered. */
  private Optional<String> referenceBase(RoutingContext context, Projection projection) {
    String references = type == ResourceType.GROUP ? "members" : "groups";
    return projection.leavesOut(references)
        ? Optional.empty()
        : Optional.of(Exchange.of(context).base());
  }
}
