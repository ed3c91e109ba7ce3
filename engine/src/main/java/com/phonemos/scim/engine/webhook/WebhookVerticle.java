package com.phonemos.scim.engine.webhook;

import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.egress.EgressResolver;
import com.phonemos.scim.engine.egress.ForbiddenTargetException;
import com.phonemos.scim.engine.store.ChangeFeed;
import com.phonemos.scim.engine.store.Webhooks;
import com.phonemos.scim.engine.store.Webhooks.Behind;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks of what they have not heard, each in order and one message at a time, until it is
 * taken (2xx). Any number of processes may share a database; a webhook is with one at a time.
 *
 * @see <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);
  private static final long LOOK_MS = 1_000;
  private static final long TIMEOUT_MS = 15_000;
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final int AT_A_TIME = 16;
  private static final int CHANGES = 100;
  private static final int GONE = 410;

  /** From one attempt to the next, as Standard Webhooks proposes; after the last it is given up. */
  private static final List<Duration> RETRIES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final Webhooks webhooks;
  private final ChangeFeed feed;
  private final EgressPolicy policy;
  private @Nullable Running running;
  private boolean looking;

  private record Running(HttpClient client, EgressResolver egress) {}

  /**
   * @param policy where a webhook may be
   */
  public WebhookVerticle(Webhooks webhooks, ChangeFeed feed, EgressPolicy policy) {
    this.webhooks = webhooks;
    this.feed = feed;
    this.policy = policy;
  }

  @Override
  public Future<?> start() {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(5_000).setKeepAlive(false));
    Running started = new Running(client, new EgressResolver(vertx, policy));
    running = started;
    vertx.setPeriodic(LOOK_MS, timer -> look(started));
    return Future.succeededFuture();
  }

  /** What is under way ends or is sent again, by this process or another. */
  @Override
  public Future<?> stop() {
    Running stopping = running;
    running = null;
    return stopping == null ? Future.succeededFuture() : stopping.client.close();
  }

  private void look(Running way) {
    if (looking || running == null) {
      return;
    }
    looking = true;
    webhooks
        .claim(AT_A_TIME, LEASE)
        .compose(behind -> Future.join(behind.stream().map(one -> tell(way, one)).toList()))
        .onFailure(
            cause -> LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("Webhooks wait"))
        .onComplete(done -> looking = false);
  }

  private Future<Void> tell(Running way, Behind webhook) {
    return feed.after(webhook.tenant(), webhook.after(), CHANGES)
        .compose(page -> {
          if (!page.whole()) {
            return giveUp(webhook, "Expected to follow on, but not all changes since are kept");
          }
          return page.entries().isEmpty()
              ? webhooks.taken(webhook, webhook.after())
              : send(way, webhook, WebhookMessage.of(webhook, page))
                  .transform(sent ->
                      sent.succeeded()
                          ? answered(webhook, sent.result(), page.entries().getLast().revision())
                          : failed(webhook, reason(sent.cause())));
        });
  }

  private Future<Integer> send(Running way, Behind webhook, WebhookMessage message) {
    Instant now = Instant.now();
    return way.egress
        .resolve(webhook.url())
        .compose(server -> way.client.request(options(webhook, server)))
        .compose(request ->
            request
                .putHeader("Content-Type", "application/json")
                .putHeader("webhook-id", message.id())
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .putHeader("webhook-signature", message.signature(webhook.secret().getBytes(), now))
                .send(message.body()))
        .map(response -> {
          // Nobody reads what it says, however much that is.
          response.request().reset();
          return response.statusCode();
        })
        .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS);
  }

  private static RequestOptions options(Behind webhook, SocketAddress server) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(webhook.url())
        .setServer(server)
        .setFollowRedirects(false)
        .setIdleTimeout(TIMEOUT_MS);
  }

  private Future<Void> answered(Behind webhook, int status, long last) {
    if (status >= 200 && status < 300) {
      return webhooks.taken(webhook, last);
    }
    String reason = "Expected an answer of 2xx, but it was " + status;
    return status == GONE ? giveUp(webhook, reason) : failed(webhook, reason);
  }

  private Future<Void> failed(Behind webhook, String reason) {
    return webhook.failures() < RETRIES.size()
        ? webhooks.failed(webhook, reason, Optional.of(RETRIES.get(webhook.failures())))
        : giveUp(webhook, reason);
  }

  private Future<Void> giveUp(Behind webhook, String reason) {
    LOG.atError()
        .addKeyValue("tenant", webhook.tenant())
        .addKeyValue("webhook", webhook.id())
        .addKeyValue("cause", reason)
        .log("A webhook is given up until an operator has it replayed");
    return webhooks.failed(webhook, reason, Optional.empty());
  }

  private static String reason(Throwable cause) {
    return cause instanceof ForbiddenTargetException
        ? String.valueOf(cause.getMessage())
        : "Expected an answer, but: " + cause.getMessage();
  }
}
