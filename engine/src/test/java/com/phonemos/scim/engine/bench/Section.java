package com.phonemos.scim.engine.bench;

/** A part of the benchmark that can be run alone. */
interface Section {
  /**
   * Prepares data, measures and judges.
   *
   * @throws Exception when anything but success was answered; then there is nothing to judge
   */
  Findings run(Testbed bed, Rounds rounds) throws Exception;
}
