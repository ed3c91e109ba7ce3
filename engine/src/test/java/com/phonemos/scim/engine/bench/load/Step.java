package com.phonemos.scim.engine.bench.load;

/**
 * One order to the load process.
 *
 * @param clients that each have one request under way
 * @param warmUpMillis before anything is counted
 * @param millis that are measured
 */
public record Step(Workload workload, int clients, long warmUpMillis, long millis) {}
