package com.phonemos.scim.idp.foreign;

import com.phonemos.scim.idp.wire.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** SCIMMY, an npm library, in a process of its own with its resources in memory. */
final class ForeignServer implements AutoCloseable {
  private final Process process;
  private final Endpoint endpoint;

  private ForeignServer(Process process, Endpoint endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts an empty one.
   *
   * @param folder where {@code server.mjs} is, with its dependencies installed
   * @throws IOException with what it said when it does not start
   */
  static ForeignServer start(Path folder) throws IOException {
    Path complaints = folder.resolve("stderr.log");
    Process process =
        new ProcessBuilder("node", "server.mjs")
            .directory(folder.toFile())
            .redirectError(complaints.toFile())
            .start();
    BufferedReader out = process.inputReader();
    String port = out.readLine();
    if (port == null) {
      throw new IOException(
          "Expected the server to name its port, but it ended and said: "
              + Files.readString(complaints).strip());
    }
    URI base = URI.create("http://127.0.0.1:" + port.strip() + "/scim/v2");
    return new ForeignServer(process, Endpoint.of(base, "foreign"));
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
