package com.phonemos.scim.conformance.okta;

import com.phonemos.scim.conformance.suite.Section;
import java.util.List;

/** Everything that Okta asks for. */
public final class Okta {
  private Okta() {}

  /** The SPEC test, then the CRUD test. */
  public static List<Section> sections() {
    return List.of(Spec.section(), Lifecycle.section());
  }
}
