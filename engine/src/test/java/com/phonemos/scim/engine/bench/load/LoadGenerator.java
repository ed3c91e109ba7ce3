package com.phonemos.scim.engine.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The load process: reads a {@link Step} per line, runs it, and answers each with a {@link
 * Measurement} in a line. One process for all steps, so that its code is compiled once.
 */
public final class LoadGenerator {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LoadGenerator() {}

  /** Serves until its input ends; a step that fails ends it with status 1. */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    // Whoever logs must not write between the answers.
    System.setOut(System.err);
    try (SqlLoad sql = new SqlLoad();
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        Measurement measurement = run(sql, JSON.readValue(line, Step.class));
        answers.println(JSON.writeValueAsString(measurement));
        answers.flush();
      }
    }
  }

  private static Measurement run(SqlLoad sql, Step step) throws Exception {
    return switch (step.workload()) {
      case Workload.Http http -> HttpLoad.run(step, http);
      case Workload.Sql plain -> sql.run(step, plain);
    };
  }
}
