package com.phonemos.scim.engine.webhook;

import com.phonemos.scim.engine.store.ChangeFeed;
import com.phonemos.scim.engine.store.Webhooks.Behind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook is sent, signed as Standard Webhooks 1.0.0 has it.
 *
 * @param id the same whenever the same changes are sent, so that who has seen them can tell
 * @param body JSON
 */
record WebhookMessage(String id, String body) {
  private static final String TYPE = "directory.changed";

  static WebhookMessage of(Behind webhook, ChangeFeed.Page page) {
    long last = page.entries().getLast().revision();
    String changes =
        page.entries().stream().map(ChangeFeed.Entry::json).collect(Collectors.joining(","));
    String body =
        "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":{\"tenant\":\"%s\",\"after\":%d,\"latest\":%d,"
            .formatted(TYPE, page.entries().getLast().at(), webhook.tenant(), last, page.latest());
    return new WebhookMessage(
        "%s-%d-%d".formatted(webhook.id(), webhook.after(), last),
        body + "\"changes\":[" + changes + "]}}");
  }

  /** The header {@code webhook-signature} for an attempt. */
  String signature(byte[] secret, Instant attempt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      String content = id + "." + attempt.getEpochSecond() + "." + body;
      byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has HMAC with SHA-256", impossible);
    }
  }
}
