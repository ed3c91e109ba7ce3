package com.phonemos.scim.engine.bench;

/**
 * A promise and what was measured.
 *
 * @param value measured
 * @param limit promised, in the same unit
 */
record Target(String what, double value, Bound bound, double limit) {
  enum Bound {
    AT_LEAST,
    BELOW
  }

  boolean reached() {
    return switch (bound) {
      case AT_LEAST -> value >= limit;
      case BELOW -> value < limit;
    };
  }
}
