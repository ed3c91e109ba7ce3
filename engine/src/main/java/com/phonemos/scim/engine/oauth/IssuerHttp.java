package com.phonemos.scim.engine.oauth;

import com.phonemos.scim.engine.egress.BoundedBody;
import com.phonemos.scim.engine.egress.EgressPolicy;
import com.phonemos.scim.engine.egress.EgressResolver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;

/** Reads small documents of issuers, at addresses that may be called. */
final class IssuerHttp {
  private static final int TIMEOUT_MS = 5_000;
  private static final int BODY_LIMIT = 256 << 10;

  private final HttpClient client;
  private final EgressResolver egress;

  IssuerHttp(Vertx vertx, EgressPolicy policy) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(TIMEOUT_MS).setKeepAlive(false));
    this.egress = new EgressResolver(vertx, policy);
  }

  /** Fails unless the answer is 200, whole, small and in time; follows no redirect. */
  Future<Buffer> get(String url) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url)
            .setFollowRedirects(false)
            .putHeader("Accept", "application/json");
    return egress
        .resolve(url)
        .map(options::setServer)
        .compose(client::request)
        .compose(request -> {
          Future<Buffer> body = request.response().compose(IssuerHttp::read);
          return request.send().compose(head -> body);
        })
        .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS);
  }

  private static Future<Buffer> read(HttpClientResponse response) {
    return response.statusCode() == 200
        ? BoundedBody.read(response, BODY_LIMIT)
        : Future.failedFuture("it answers " + response.statusCode());
  }
}
