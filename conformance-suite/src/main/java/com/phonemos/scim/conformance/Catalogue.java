package com.phonemos.scim.conformance;

import com.phonemos.scim.conformance.entra.Entra;
import com.phonemos.scim.conformance.ipsie.Ipsie;
import com.phonemos.scim.conformance.okta.Okta;
import com.phonemos.scim.conformance.rfc7643.Rfc7643;
import com.phonemos.scim.conformance.rfc7644.Rfc7644;
import com.phonemos.scim.conformance.rfc9865.Rfc9865;
import com.phonemos.scim.conformance.suite.Case;
import com.phonemos.scim.conformance.suite.Section;
import java.util.List;
import java.util.stream.Stream;

/** Every case there is. */
public final class Catalogue {
  private static final List<Case> CASES =
      Stream.of(
              Rfc7643.sections(),
              Rfc7644.sections(),
              Rfc9865.sections(),
              Entra.sections(),
              Okta.sections(),
              Ipsie.sections())
          .flatMap(List::stream)
          .map(Section::cases)
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** In the order of the documents. */
  public static List<Case> cases() {
    return CASES;
  }
}
