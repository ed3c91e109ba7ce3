package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.bus.Actor;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.store.Tokens.Credential;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What is known of a request once its token is: carried in the routing context.
 *
 * @param shown absent where the endpoint may be asked without a token
 * @param requestId ours, as answered in {@code X-Request-Id}
 * @param base absolute URL of the SCIM endpoint as this client sees it, without a trailing slash
 */
record Exchange(Optional<Credential> shown, String requestId, String base) {
  private static final String KEY = "exchange";

  static Exchange of(RoutingContext context) {
    return context.get(KEY);
  }

  void attach(RoutingContext context) {
    context.put(KEY, this);
  }

  boolean anonymous() {
    return shown.isEmpty();
  }

  Credential credential() {
    return shown.orElseThrow();
  }

  TenantId tenant() {
    return credential().tenant();
  }

  SchemaRegistry schemas() {
    return credential().schemas();
  }

  Dialect dialect() {
    return credential().policy().dialect();
  }

  Actor actor() {
    return new Actor(credential().tokenId(), requestId);
  }
}
