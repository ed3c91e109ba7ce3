package com.phonemos.scim.conformance.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Writes a report to files: data as JSON, one HTML page that needs no network, JUnit XML. */
public final class ReportFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(new Jdk8Module())
          .build();

  private ReportFiles() {}

  /** The report as data; {@code report.schema.json} in the jar describes it. */
  public static void json(RunReport report, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JSON.writeValueAsString(report) + "\n");
  }

  /** The report as one page that holds all it shows. */
  public static void html(RunReport report, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    // Inside a script element nothing is an entity; only its end tag must not appear.
    String data =
        JSON.writer()
            .without(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(report)
            .replace("</", "<\\/")
            .replace("<!--", "<\\u0021--");
    Files.writeString(file, resource("report.html").replace("\"REPORT\"", data));
  }

  /** The report as JUnit XML, which every build server reads. */
  public static void junit(RunReport report, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JunitXml.of(report));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportFiles.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
