package com.phonemos.scim.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.engine.bench.load.LoadGenerator;
import com.phonemos.scim.engine.bench.load.Measurement;
import com.phonemos.scim.engine.bench.load.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The process that makes the load, see {@link LoadGenerator}. */
final class LoadProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  LoadProcess() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmn128m",
                "-Xmx256m",
                "-Dio.netty.noUnsafe=true",
                "-classpath",
                System.getProperty("java.class.path"),
                LoadGenerator.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    orders = process.outputWriter();
    answers = process.inputReader();
  }

  /**
   * Runs a step and blocks until it is over.
   *
   * @throws IOException when it failed; the process has said why on stderr
   */
  Measurement run(Step step) throws IOException {
    orders.write(JSON.writeValueAsString(step));
    orders.write('\n');
    orders.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException(
          "Expected the load generator to finish a step, but it ended; see above for the reason");
    }
    return JSON.readValue(answer, Measurement.class);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    orders.close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
