package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.load.Measurement;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What is compared with what, under one condition.
 *
 * @param label of the condition, such as "1 tenant, 64 connections"
 */
record Case(String label, Callable<Measurement> engine, List<Callable<Measurement>> floors) {

  /** What was found: the engine, and each floor in the same order. */
  record Result(String label, Figure engine, List<Figure> floors) {
    /** How many times as fast as a floor the engine is. */
    double ratio(int floor) {
      return engine.perSecond() / floors.get(floor).perSecond();
    }
  }
}
