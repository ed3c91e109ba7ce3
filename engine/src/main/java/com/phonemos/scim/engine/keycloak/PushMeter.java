package com.phonemos.scim.engine.keycloak;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * {@code scim_push_seconds{outcome}}: how long pushes of one resource take, by what they came to.
 */
final class PushMeter {
  private final MeterRegistry registry;

  PushMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  void pushed(PushOutcome outcome, Duration took) {
    Timer.builder("scim.push")
        .description("Pushes of one resource to Keycloak")
        .tag("outcome", outcome.label())
        .publishPercentileHistogram()
        .register(registry)
        .record(took);
  }
}
