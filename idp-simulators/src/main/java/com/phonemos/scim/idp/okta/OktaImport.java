package com.phonemos.scim.idp.okta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.cycle.RequestFailed;

/** Reads what an application holds, by index, 100 at a time [D K1]. Okta keeps its own truth. */
final class OktaImport {
  private final OktaWire wire;
  private final Progress progress;

  OktaImport(OktaWire wire, Progress progress) {
    this.wire = wire;
    this.progress = progress;
  }

  void run(String resourceType, CycleLog log) {
    try {
      long total;
      long startIndex = 1;
      do {
        ObjectNode page = wire.resource(OktaRequests.importPage(resourceType, startIndex));
        // Integers, not strings [D K1].
        if (!page.path("totalResults").isIntegralNumber()) {
          throw new RequestFailed("totalResults is no integer");
        }
        total = page.path("totalResults").asLong();
        startIndex += OktaRequests.IMPORT_PAGE;
        progress.advanced("import", Math.min(total, startIndex - 1), total);
      } while (startIndex <= total);
    } catch (RequestFailed failure) {
      log.problem("import of " + resourceType, failure.reason());
    }
  }
}
