package com.phonemos.scim.engine.ops;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A Vert.x whose connection pools tell how busy they are. What else Vert.x could tell, the engine
 * tells itself, in the words of its own domain and with fewer series.
 */
public final class MeasuredVertx {
  private MeasuredVertx() {}

  /** Blocks until the event loops run. */
  public static Vertx create(Meters meters) {
    Set<String> silent =
        EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS)).stream()
            .map(MetricsDomain::toCategory)
            .collect(Collectors.toSet());
    MicrometerMetricsOptions options = new MicrometerMetricsOptions();
    options
        .setEnabled(true)
        .setDisabledMetricsCategories(silent)
        // Vert.x keeps registries by name: two engines of one process must not share one.
        .setRegistryName(UUID.randomUUID().toString());
    return Vertx.builder()
        .with(new VertxOptions().setMetricsOptions(options))
        .withMetrics(new MicrometerMetricsFactory(meters.registry()))
        .build();
  }
}
