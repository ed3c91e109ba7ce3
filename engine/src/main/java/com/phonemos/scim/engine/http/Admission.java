package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.resource.TenantId;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one tenant from taking what others need: how many of its requests are under way, and, where
 * an operator sets it, how many come per second. What is too much is answered 429 at once, before
 * its body is read (RFC 6585 §4).
 *
 * <p>Not shared: one instance per event loop.
 */
final class Admission implements Handler<RoutingContext> {
  /**
   * Seconds of the rate that may come at once: an identity provider's cycle starts with a burst.
   */
  private static final int BURST_SECONDS = 4;

  private final int tenantRequests;
  private final Optional<TokenBuckets<TenantId>> rates;
  private final Map<TenantId, Integer> underWay = new HashMap<>();

  Admission(HttpLimits.Traffic traffic) {
    this.tenantRequests = traffic.tenantRequests();
    this.rates =
        traffic.tenantRate() == 0
            ? Optional.empty()
            : Optional.of(
                new TokenBuckets<>(
                    traffic.tenantRate(),
                    Duration.ofSeconds(1),
                    traffic.tenantRate() * BURST_SECONDS));
  }

  @Override
  public void handle(RoutingContext context) {
    if (Exchange.of(context).anonymous()) {
      context.next();
      return;
    }
    TenantId tenant = Exchange.of(context).tenant();
    if (underWay.getOrDefault(tenant, 0) >= tenantRequests) {
      ResponseWriter.retryLater(
          context,
          ScimError.of(
              429,
              "Expected at most "
                  + tenantRequests
                  + " requests of this tenant at a time, but there are more"),
          Duration.ofSeconds(1));
      return;
    }
    Duration wait =
        rates.map(buckets -> buckets.take(tenant, System.nanoTime())).orElse(Duration.ZERO);
    if (!wait.isZero()) {
      ResponseWriter.retryLater(
          context,
          ScimError.of(429, "Expected fewer requests of this tenant per second, but more came"),
          wait);
      return;
    }
    underWay.merge(tenant, 1, Integer::sum);
    context.addEndHandler(done -> leave(tenant));
    context.next();
  }

  private void leave(TenantId tenant) {
    int others = underWay.getOrDefault(tenant, 1) - 1;
    if (others == 0) {
      underWay.remove(tenant);
    } else {
      underWay.put(tenant, others);
    }
  }
}
