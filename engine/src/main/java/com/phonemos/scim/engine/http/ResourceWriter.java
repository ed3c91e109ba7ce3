package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.Projection;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.ResourceQuery;
import com.phonemos.scim.engine.store.StoredResource;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;

/**
 * Writes resources into an answer. The members of a large group are read while they are sent: a
 * change that is committed meanwhile may show, but then the version that was sent first is no
 * longer the current one.
 */
final class ResourceWriter {
  private final ResourceQuery query;
  private final RoutingContext context;
  private final Map<ResourceType, Projection> projections;

  ResourceWriter(
      ResourceQuery query, RoutingContext context, Map<ResourceType, Projection> projections) {
    this.query = query;
    this.context = context;
    this.projections = projections;
  }

  /** Writes resources, separated by commas. */
  Future<Void> write(JsonAnswer answer, Iterator<StoredResource> resources) {
    while (resources.hasNext()) {
      StoredResource resource = resources.next();
      Projection projection = projection(resource.type());
      answer.append(ResourceBody.opened(Exchange.of(context), resource, projection));
      String references =
          ResourceBody.references(resource.type(), resource.references(), projection);
      if (!references.isEmpty()) {
        answer.append(",\"").append(ResourceBody.referencesOf(resource.type())).append("\":[");
        answer.append(references);
      }
      String close = (references.isEmpty() ? "}" : "]}") + (resources.hasNext() ? "," : "");
      if (resource.lastReference().isPresent() || answer.isLarge()) {
        return remaining(answer, resource)
            .compose(written -> answer.append(close).flush())
            .compose(flushed -> write(answer, resources));
      }
      answer.append(close);
    }
    return Future.succeededFuture();
  }

  private Future<Void> remaining(JsonAnswer answer, StoredResource resource) {
    return resource
        .lastReference()
        .map(last -> remaining(answer, resource, last))
        .orElseGet(Future::succeededFuture);
  }

  private Future<Void> remaining(JsonAnswer answer, StoredResource resource, UUID after) {
    ResourceKey key =
        new ResourceKey(Exchange.of(context).tenant(), resource.type(), resource.id());
    return query
        .references(key, base(), after)
        .compose(references -> {
          String json =
              ResourceBody.references(
                  resource.type(), references.json(), projection(resource.type()));
          if (!json.isEmpty()) {
            answer.append(",").append(json);
          }
          Future<Void> sent = answer.isLarge() ? answer.flush() : Future.succeededFuture();
          return references
              .last()
              .map(last -> sent.compose(done -> remaining(answer, resource, last)))
              .orElse(sent);
        });
  }

  private Projection projection(ResourceType type) {
    return projections.getOrDefault(type, Projection.DEFAULT);
  }

  private String base() {
    return Exchange.of(context).base();
  }
}
