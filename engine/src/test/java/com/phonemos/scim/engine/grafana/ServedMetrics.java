package com.phonemos.scim.engine.grafana;

import com.phonemos.scim.engine.ops.MeasuredVertx;
import com.phonemos.scim.engine.ops.Meters;
import com.phonemos.scim.engine.store.Fleet;
import io.vertx.core.Vertx;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Every series name that an engine can serve: all that {@link Meters} records, recorded once. */
final class ServedMetrics {
  private static final Map<Class<?>, Object> SAMPLES =
      Map.of(
          String.class,
          "sample",
          int.class,
          1,
          long.class,
          1L,
          double.class,
          1.0,
          boolean.class,
          true,
          Duration.class,
          Duration.ofSeconds(1),
          Fleet.Glance.class,
          new Fleet.Glance(
              Map.of("active", 1L),
              Map.of("active", 1L),
              List.of(new Fleet.Behind("acme", 1, 1, Duration.ofSeconds(1))),
              List.of(new Fleet.Silent("acme", Duration.ofSeconds(1))),
              List.of()));

  private ServedMetrics() {}

  static Set<String> names() {
    try (Meters meters = new Meters()) {
      Vertx vertx = MeasuredVertx.create(meters);
      try {
        for (Method method : Meters.class.getDeclaredMethods()) {
          if (Modifier.isPublic(method.getModifiers())
              && method.getReturnType() == void.class
              && !method.getName().equals("close")) {
            method.invoke(meters, samples(method));
          }
        }
        Set<String> names = new TreeSet<>();
        meters
            .scrape()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .forEach(line -> names.add(line.split("[{ ]")[0]));
        return names;
      } finally {
        vertx.close().await(20, TimeUnit.SECONDS);
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Object[] samples(Method method) {
    return Stream.of(method.getParameterTypes())
        .map(type -> {
          Object sample = SAMPLES.get(type);
          if (sample == null) {
            throw new IllegalStateException("Give a sample of " + type + " for " + method);
          }
          return sample;
        })
        .toArray();
  }
}
