package com.phonemos.scim.engine.admin.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.admin.RecordingAdministration;
import com.phonemos.scim.engine.admin.api.ApiRoutes.Route;
import java.time.Duration;
import java.util.List;

/** The rows of the table that are about recordings. */
final class RecordingRoutes {
  private static final int RECORDED_MINUTES = 120;
  private static final int RECORDED_BYTES = 64 << 20;

  private RecordingRoutes() {}

  static List<Route> of(RecordingAdministration recordings) {
    return List.of(
        new Route(
            GET,
            "/tenants/{tenant}/recordings",
            request ->
                recordings
                    .list(request.tenant())
                    .map(all -> Answer.ok(AdminJson.list(all, AdminJson::recording)))),
        new Route(
            POST,
            "/tenants/{tenant}/recordings",
            request -> {
              ApiRequest.Body body = request.body("minutes", "mostBytes");
              return recordings
                  .start(
                      request.tenant(),
                      Duration.ofMinutes(body.number("minutes", RECORDED_MINUTES)),
                      body.number("mostBytes", RECORDED_BYTES))
                  .map(started -> Answer.created(AdminJson.recording(started)));
            }),
        new Route(
            POST,
            "/tenants/{tenant}/recordings/{recording}/stop",
            request ->
                recordings
                    .stop(request.tenant(), request.id("recording"))
                    .map(stopped -> Answer.ok(AdminJson.recording(stopped)))),
        new Route(
            GET,
            "/tenants/{tenant}/recordings/{recording}",
            request ->
                recordings
                    .find(request.tenant(), request.id("recording"))
                    .map(found ->
                        new Answer.Streamed(
                            "application/json",
                            to -> recordings.write(request.tenant(), found.id(), to)))),
        new Route(
            DELETE,
            "/tenants/{tenant}/recordings/{recording}",
            request ->
                recordings
                    .delete(request.tenant(), request.id("recording"))
                    .map(new Answer.Done())));
  }
}
