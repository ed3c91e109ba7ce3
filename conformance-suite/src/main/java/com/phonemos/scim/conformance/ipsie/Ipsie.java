package com.phonemos.scim.conformance.ipsie;

import com.phonemos.scim.conformance.suite.Section;
import java.util.List;

/** Everything that the IPSIE profile asks for. */
public final class Ipsie {
  private Ipsie() {}

  public static List<Section> sections() {
    return List.of(AccountLifecycle.section());
  }
}
