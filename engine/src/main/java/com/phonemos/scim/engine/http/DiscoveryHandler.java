package com.phonemos.scim.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.protocol.Discovery;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** ServiceProviderConfig, ResourceTypes and Schemas (RFC 7644 §4). */
final class DiscoveryHandler {
  private final Discovery discovery;

  DiscoveryHandler(Discovery discovery) {
    this.discovery = discovery;
  }

  void serviceProviderConfig(RoutingContext context) {
    answer(context, discovery.serviceProviderConfig(base(context)));
  }

  void resourceTypes(RoutingContext context) {
    answer(context, discovery.resourceTypes(registry(context), base(context)));
  }

  void resourceType(RoutingContext context) {
    answer(
        context,
        found(
            discovery.resourceType(registry(context), context.pathParam("id"), base(context)),
            "a ResourceType"));
  }

  void schemas(RoutingContext context) {
    answer(context, discovery.schemas(registry(context), base(context)));
  }

  void schema(RoutingContext context) {
    answer(
        context,
        found(
            discovery.schema(registry(context), context.pathParam("id"), base(context)),
            "a Schema"));
  }

  private static JsonNode found(Optional<? extends JsonNode> document, String what) {
    if (document.isEmpty()) {
      throw new ScimException(ScimError.notFound(what));
    }
    return document.get();
  }

  private static void answer(RoutingContext context, JsonNode document) {
    if (QueryParameters.of(context).all("filter").isEmpty()) {
      ResponseWriter.json(context, 200, document.toString());
    } else {
      // RFC 7644 §4: a filter on these endpoints is answered 403.
      throw new ScimException(ScimError.of(403, "Expected no filter on a discovery endpoint"));
    }
  }

  private static SchemaRegistry registry(RoutingContext context) {
    return Exchange.of(context).schemas();
  }

  private static String base(RoutingContext context) {
    return Exchange.of(context).base();
  }
}
