package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Level;
import com.phonemos.scim.conformance.suite.Profile;
import com.phonemos.scim.conformance.suite.Selection;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which cases. */
final class SelectionOptions {
  @Option(
      names = "--profile",
      split = ",",
      paramLabel = "PROFILE",
      description = "Only these: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Profile> profiles = Set.of();

  @Option(
      names = "--level",
      split = ",",
      paramLabel = "LEVEL",
      description = "Only these: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Level> levels = Set.of();

  @Option(
      names = "--feature",
      split = ",",
      paramLabel = "FEATURE",
      description = "Only cases that need one of these: ${COMPLETION-CANDIDATES}.")
  private Set<Feature> features = Set.of();

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Only these cases, or those below: rfc7644/3.5.2, entra, okta/spec.")
  private List<String> ids = List.of();

  Selection selection() {
    return new Selection(profiles, ids, levels, features);
  }
}
