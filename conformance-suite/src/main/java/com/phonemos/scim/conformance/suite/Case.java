package com.phonemos.scim.conformance.suite;

import java.util.Set;

/**
 * One thing a server has to do.
 *
 * @param id written, never a position: {@code rfc7644/3.3/answers-201}; what a report, a baseline
 *     and a bug report quote
 * @param section title of the section that it is in
 * @param clause the sentence that asks for it, or the document that does
 * @param sent what is sent
 * @param required what must happen
 * @param needs without which the case says nothing
 */
public record Case(
    String id,
    String section,
    Profile profile,
    Level level,
    String clause,
    String sent,
    String required,
    Set<Feature> needs,
    Body body) {
  /** What is done and checked. Throws {@link com.phonemos.scim.conformance.wire.Unmet}. */
  @FunctionalInterface
  public interface Body {
    void run(Scim scim);
  }
}
