package com.phonemos.scim.engine.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged engine, used as an operator uses it: {@code serve} and commands beside it. */
final class EngineProcess {
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(1);
  private static final String PREFIX = "PHONEMOS_SCIM_";

  private final Path jar;
  private final Path folder;
  private final int httpPort;
  private final int opsPort;
  private final Process process;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private EngineProcess(Path jar, Path folder, int httpPort, int opsPort) throws IOException {
    this.jar = jar;
    this.folder = folder;
    this.httpPort = httpPort;
    this.opsPort = opsPort;
    this.process = command(Map.of(), "serve").redirectOutput(log().toFile()).start();
  }

  /** Starts {@code serve} on an embedded PostgreSQL below the folder; does not wait for it. */
  static EngineProcess serve(Path jar, Path folder, int httpPort, int opsPort) throws IOException {
    return new EngineProcess(jar, folder, httpPort, opsPort);
  }

  /** Whether it welcomes requests. */
  boolean ready() throws InterruptedException {
    HttpRequest probe =
        HttpRequest.newBuilder(ops("/readyz")).timeout(Duration.ofSeconds(3)).build();
    try {
      return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Whether the process has not ended. */
  boolean alive() {
    return process.isAlive();
  }

  /** Blocks until the process ends; answers its exit status. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Where it says what it does. */
  Path log() {
    return folder.resolve("engine.log");
  }

  /** Of the data that commands and the server share. */
  Path dataDir() {
    return folder.resolve("data");
  }

  /** An address of the SCIM port. */
  URI scim(String path) {
    return URI.create("http://localhost:" + httpPort + path);
  }

  /** An address of the operations port. */
  URI ops(String path) {
    return URI.create("http://localhost:" + opsPort + path);
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @throws IllegalStateException with what it said, if it fails
   */
  String run(Map<String, String> secrets, String... arguments)
      throws IOException, InterruptedException {
    Path words = Files.createTempFile(folder, "command-", ".log");
    try {
      Process command = command(secrets, arguments).redirectError(words.toFile()).start();
      String printed =
          new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!command.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        command.destroyForcibly();
      }
      if (command.waitFor() != 0) {
        throw new IllegalStateException(
            "Expected the command %s to succeed, but it said: %s"
                .formatted(String.join(" ", arguments), Files.readString(words)));
      }
      return printed;
    } finally {
      Files.delete(words);
    }
  }

  private ProcessBuilder command(Map<String, String> secrets, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-jar", jar.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith(PREFIX));
    environment.put(PREFIX + "HTTP_PORT", Integer.toString(httpPort));
    environment.put(PREFIX + "OPS_PORT", Integer.toString(opsPort));
    environment.put(PREFIX + "DATA_DIR", dataDir().toString());
    environment.put(PREFIX + "LOG_FORMAT", "text");
    environment.putAll(secrets);
    return builder.redirectErrorStream(arguments[0].equals("serve"));
  }
}
