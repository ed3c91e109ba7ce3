package com.phonemos.scim.engine.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.Json;
import com.phonemos.scim.engine.scim.protocol.Projection;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Precondition;
import com.phonemos.scim.engine.scim.resource.Preconditions;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** A request's parts as the pure rules want them; what is malformed is refused here. */
final class RequestReader {
  private RequestReader() {}

  /** The JSON object in the body. */
  static ObjectNode body(RoutingContext context) {
    requireJson(context);
    Buffer body = context.body().buffer();
    if (body == null || body.length() == 0) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "Expected a JSON object in the body, but it is empty");
    }
    return Json.parseObject(body.getBytes());
  }

  /** The resource that the path names; what is no identifier of ours names none. */
  static ResourceKey key(RoutingContext context, ResourceType type) {
    try {
      String id = context.pathParam("id");
      if (id.length() == 36) {
        ResourceKey key = new ResourceKey(Exchange.of(context).tenant(), type, UUID.fromString(id));
        RequestTrace.concerns(context, key);
        return key;
      }
    } catch (IllegalArgumentException notAnId) {
      // Answered like an unknown one.
    }
    throw new ScimException(ScimError.notFound("a " + type.title()));
  }

  static Preconditions preconditions(RoutingContext context) {
    return new Preconditions(
        Precondition.parse(context.request().getHeader(HttpHeaders.IF_MATCH)),
        ifNoneMatch(context));
  }

  static Optional<Precondition> ifNoneMatch(RoutingContext context) {
    return Precondition.parse(context.request().getHeader(HttpHeaders.IF_NONE_MATCH));
  }

  static Projection projection(RoutingContext context, ResourceType type) {
    return projection(context, type, path -> false);
  }

  /** What a client that writes gets back: what it sends, too. */
  static Projection projection(
      RoutingContext context, ResourceType type, Predicate<List<String>> sent) {
    return Projection.parse(
        Exchange.of(context).schemas(),
        type,
        parameter(context, "attributes", ScimType.INVALID_VALUE),
        parameter(context, "excludedAttributes", ScimType.INVALID_VALUE),
        sent);
  }

  /** Whether 204 will do: for a PATCH that does not ask for attributes (RFC 7644 §3.5.2). */
  static boolean noContentWillDo(RoutingContext context) {
    return context.request().method().equals(HttpMethod.PATCH)
        && QueryParameters.of(context).all("attributes").isEmpty();
  }

  /** A query parameter; given twice it is refused. */
  static Optional<String> parameter(RoutingContext context, String name, ScimType refusal) {
    List<String> values = QueryParameters.of(context).all(name);
    if (values.size() > 1) {
      throw ScimException.badRequest(
          refusal, "Expected " + name + " once, but it is there " + values.size() + " times");
    }
    return values.stream().findFirst();
  }

  private static void requireJson(RoutingContext context) {
    if (!MediaTypes.isJson(context.request())) {
      throw new ScimException(HttpStatus.error(415));
    }
  }
}
