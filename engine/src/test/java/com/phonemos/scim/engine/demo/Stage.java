package com.phonemos.scim.engine.demo;

import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.Folders;
import com.phonemos.scim.engine.fixture.KeycloakServer;
import com.phonemos.scim.engine.fixture.Ports;
import com.phonemos.scim.engine.fixture.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The engine and Keycloak, each in a process of its own. Both end with this JVM. */
final class Stage {
  private static final int HTTP_PORT = 8080;
  private static final int OPS_PORT = 9090;
  private static final int KEYCLOAK_PORT = 8180;
  private static final Duration ENGINE_LIMIT = Duration.ofMinutes(1);

  /** The engine drains for 25 s at most, Keycloak takes a few seconds. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  private final EngineProcess engine;
  private final KeycloakServer keycloak;

  private Stage(EngineProcess engine, KeycloakServer keycloak) {
    this.engine = engine;
    this.keycloak = keycloak;
  }

  /**
   * Starts both side by side and waits until they are ready.
   *
   * @throws IllegalStateException with the reason, if one does not get ready
   */
  static Stage set(DemoOptions options, Screen screen) throws IOException, InterruptedException {
    Path folder = Folders.empty(options.folder());
    long start = System.nanoTime();
    EngineProcess engine =
        EngineProcess.serve(
            options.engineJar(), folder, Ports.prefer(HTTP_PORT), Ports.prefer(OPS_PORT));
    KeycloakServer keycloak = KeycloakServer.create(Ports.prefer(KEYCLOAK_PORT));
    CompletableFuture<Void> starting = CompletableFuture.runAsync(keycloak::start);
    engine.awaitReady(ENGINE_LIMIT, waited -> screen.waiting("engine starts", waited));
    screen.line("  engine ready after %.1f s".formatted(since(start).toMillis() / 1e3));
    while (!ended(starting)) {
      screen.waiting("Keycloak starts (a minute the first time)", since(start));
    }
    screen.line("  Keycloak ready after %.1f s".formatted(since(start).toMillis() / 1e3));
    return new Stage(engine, keycloak);
  }

  EngineProcess engine() {
    return engine;
  }

  KeycloakServer keycloak() {
    return keycloak;
  }

  /** Stops every process that this one has started, with a bound. */
  static void clear() {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    List<ProcessHandle> family = ProcessHandle.current().descendants().toList();
    children.forEach(ProcessHandle::destroy);
    CompletableFuture<?>[] ends =
        family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean ended(CompletableFuture<Void> starting) throws InterruptedException {
    try {
      starting.get(200, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause().getMessage(), failure);
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
