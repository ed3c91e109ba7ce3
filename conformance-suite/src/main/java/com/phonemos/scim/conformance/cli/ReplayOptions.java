package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.replay.Comparison;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a session is played and compared. */
final class ReplayOptions {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--tenant",
      paramLabel = "LABEL=TOKEN",
      description = "The token in place of a recorded one, such as token-2=… (default: --token).")
  private Map<String, String> tenants = Map.of();

  @Option(
      names = "--ignore",
      paramLabel = "PLACE",
      description = "Do not compare: a JSON pointer such as /meta, or \"header ETag\".")
  private List<String> ignored = List.of();

  ServerOptions server() {
    return server;
  }

  Comparison comparison() {
    return new Comparison(ignored);
  }

  /** From the recorded Authorization header to the live token. */
  Function<String, String> tokens() {
    String otherwise = server.token();
    return authorization ->
        tenants.getOrDefault(authorization.replaceFirst("(?i)^bearer +", ""), otherwise);
  }

  /** Whether an entry is one of SCIM: archives of browsers hold everything. */
  static boolean scim(HarEntry entry) {
    return entry
        .target()
        .matches(
            "(?i)/(Users|Groups|Bulk|Me|ServiceProviderConfig|Schemas|ResourceTypes|\\.search)([/?].*)?");
  }
}
