package com.phonemos.scim.conformance.entra;

import com.phonemos.scim.conformance.suite.Section;
import java.util.List;

/** Everything that Microsoft asks for. */
public final class Entra {
  private Entra() {}

  /** The validator's list, then what the engine sends. */
  public static List<Section> sections() {
    return List.of(Validator.users(), Groups.section(), Dialect.section());
  }
}
