package com.phonemos.scim.engine.idp;

import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The sessions of the conformance suite; a folder for each way in which a provider is set up. */
final class SessionLibrary {
  static final Path FOLDER = Path.of("..", "conformance-suite", "sessions");

  private SessionLibrary() {}

  /** All of them. */
  static List<Path> all() {
    return in(FOLDER);
  }

  /** Those below a folder. */
  static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".har")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The place of a recording. */
  static Path at(Path folder, Simulator simulator, Scenario scenario) {
    return folder.resolve(words(simulator)).resolve(words(scenario) + ".har");
  }

  /** A new tenant, set up for whose session it is. */
  static ScimTenant tenant(Path session) {
    return tenant(simulator(session));
  }

  /** A new tenant, set up for a provider. */
  static ScimTenant tenant(Simulator simulator) {
    ScimTenant tenant = TestEngine.tenant();
    tenant.decide(TestEngine.database(), Employer.policy(simulator));
    return tenant;
  }

  private static Simulator simulator(Path session) {
    String folder = String.valueOf(session.getParent().getFileName());
    return Simulator.valueOf(folder.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
