package com.phonemos.scim.engine;

import com.phonemos.scim.engine.cli.PhonemosScim;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Entry point. */
public final class Main {
  private static final List<String> THOSE_THAT_LOG = List.of("serve");

  private Main() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    prepareLogging(environment, arguments);
    System.exit(
        PhonemosScim.commandLine(
                environment,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments));
  }

  /** Before the first logger is made: logback.xml reads these. */
  private static void prepareLogging(Map<String, String> environment, String... arguments) {
    String format = environment.getOrDefault("PHONEMOS_SCIM_LOG_FORMAT", "");
    System.setProperty(
        "scim.log.format",
        format.equals("json") || format.equals("text")
            ? format
            : errorsAreReadByPeople() ? "text" : "json");
    boolean serves = arguments.length > 0 && THOSE_THAT_LOG.contains(arguments[0]);
    System.setProperty("scim.log.level", serves ? "INFO" : "WARN");
    // Vert.x would otherwise look for other logging libraries first.
    System.setProperty(
        "vertx.logger-delegate-factory-class-name",
        "io.vertx.core.logging.SLF4JLogDelegateFactory");
  }

  private static boolean errorsAreReadByPeople() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return target.startsWith("/dev");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return true;
    }
  }
}
