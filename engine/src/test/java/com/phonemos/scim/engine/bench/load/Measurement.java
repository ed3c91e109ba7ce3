package com.phonemos.scim.engine.bench.load;

/**
 * What one step has shown.
 *
 * @param perSecond counted requests
 * @param p50Millis half of them took no longer
 * @param p99Millis all but one in a hundred took no longer
 * @param clientCores processors that the load process used itself
 */
public record Measurement(
    double perSecond, double p50Millis, double p99Millis, double clientCores) {}
