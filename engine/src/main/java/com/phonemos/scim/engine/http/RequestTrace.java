package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.Answered;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Attributes;
import com.phonemos.scim.engine.scim.resource.IndexedValues;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.Tokens.Credential;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Notes on the way of a request what the request log will want to know of it. */
final class RequestTrace {
  private static final String NAME = "trace.name";
  private static final String RESOURCE = "trace.resource";

  private RequestTrace() {}

  /** The body is about a resource of this name. */
  static void names(RoutingContext context, ResourceType type, Attributes attributes) {
    context.put(
        NAME,
        switch (type) {
          case USER -> IndexedValues.userNameKey(attributes);
          case GROUP -> IndexedValues.displayNameKey(attributes);
        });
  }

  /** The request is about this resource. */
  static void concerns(RoutingContext context, ResourceKey key) {
    context.put(RESOURCE, key.id());
  }

  /**
   * What is kept of it.
   *
   * @param operation,resource as in metrics; a resource of {@code none} is left out
   * @param nanos from its first byte to the end of the answer
   */
  static Answered answered(RoutingContext context, String operation, String resource, long nanos) {
    Optional<Credential> shown = Optional.ofNullable(Exchange.of(context)).flatMap(Exchange::shown);
    Optional<ScimError> error = ResponseWriter.error(context);
    return new Answered(
        shown.map(Credential::tenant),
        shown.map(Credential::tokenId),
        Instant.now(),
        RequestId.of(context),
        context.request().method().name(),
        operation,
        Optional.of(resource).filter(type -> !type.equals(ScimRoutes.NONE)),
        Optional.<UUID>ofNullable(context.get(RESOURCE)),
        Optional.ofNullable(context.get(NAME)),
        filter(context),
        context.response().getStatusCode(),
        error.flatMap(ScimError::type).map(ScimType::keyword),
        error.map(ScimError::detail),
        nanos);
  }

  /** Not by Vert.x, whose failure to decode a query has the query in its message. */
  private static Optional<String> filter(RoutingContext context) {
    try {
      return QueryParameters.of(context).all("filter").stream().findFirst();
    } catch (ScimException broken) {
      return Optional.empty();
    }
  }
}
