package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Asks for a user and a group that do not exist, expecting empty lists [D E1] [R F3]: as a test of
 * the connection, at the beginning of provisioning on demand [D E8], and from time to time while a
 * job runs [R S2].
 */
final class EntraProbe {
  private final EntraWire wire;
  private final EntraMapping mapping;
  private final EntraOptions options;
  private final String seed;
  private long probes;

  /**
   * A probe.
   *
   * @param seed decides the names that do not exist, so that a company decides every byte
   */
  EntraProbe(EntraWire wire, EntraMapping mapping, EntraOptions options, String seed) {
    this.wire = wire;
    this.mapping = mapping;
    this.options = options;
    this.seed = seed;
  }

  /** "Test connection": an application of the gallery discovers its attributes, too [D E1]. */
  void test(CycleLog log) {
    if (run(log) && options.shape().gallery()) {
      try {
        wire.discover(EntraRequests.schemas());
      } catch (RequestFailed failure) {
        log.problem("schemas", failure.reason());
      }
    }
  }

  /** Asks; returns whether all is well. */
  boolean run(CycleLog log) {
    return probe(EntraRequests.probeUser(mapping.matching(), nobody()), log)
        && (!options.scope().groups() || probe(EntraRequests.probeGroup(nobody()), log));
  }

  private boolean probe(ScimRequest request, CycleLog log) {
    try {
      if (wire.lookUp(request).isEmpty()) {
        return true;
      }
      log.problem("connection", "a resource was found that does not exist");
    } catch (RequestFailed failure) {
      log.problem("connection", failure.reason());
    }
    return false;
  }

  private String nobody() {
    probes++;
    return UUID.nameUUIDFromBytes((seed + probes).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
