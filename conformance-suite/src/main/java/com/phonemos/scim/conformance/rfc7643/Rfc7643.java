package com.phonemos.scim.conformance.rfc7643;

import com.phonemos.scim.conformance.suite.Section;
import java.util.List;

/** RFC 7643, section by section. */
public final class Rfc7643 {
  private Rfc7643() {}

  /** In the order of the document. */
  public static List<Section> sections() {
    return List.of(
        S2_Attributes.section(),
        S3_Resources.section(),
        S4_UserAndGroup.user(),
        S4_UserAndGroup.group(),
        S5_Discovery.config(),
        S5_Discovery.resourceTypes(),
        S5_Discovery.schemas());
  }
}
