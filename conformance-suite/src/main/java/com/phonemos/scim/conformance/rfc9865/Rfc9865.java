package com.phonemos.scim.conformance.rfc9865;

import com.phonemos.scim.conformance.suite.Section;
import java.util.List;

/** RFC 9865, section by section. */
public final class Rfc9865 {
  private Rfc9865() {}

  /** In the order of the document. */
  public static List<Section> sections() {
    return List.of(CursorPagination.section());
  }
}
