package com.phonemos.scim.engine.ops;

import com.phonemos.scim.engine.store.Fleet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is told of single tenants. Only of those that need somebody's attention most, so that the
 * number of series has a bound however many tenants there are; of the others the operators' command
 * line tells.
 */
final class TenantGauges {
  /** Tenants that are named at a time, per metric. */
  static final int MOST = 50;

  private final MultiGauge tenants;
  private final MultiGauge tokens;
  private final MultiGauge due;
  private final MultiGauge givenUp;
  private final MultiGauge oldestAge;
  private final MultiGauge silence;

  TenantGauges(MeterRegistry registry) {
    tenants = MultiGauge.builder("scim.tenants").register(registry);
    tokens = MultiGauge.builder("scim.tokens").register(registry);
    due = MultiGauge.builder("scim.tenant.due").register(registry);
    givenUp = MultiGauge.builder("scim.tenant.given.up").register(registry);
    oldestAge =
        MultiGauge.builder("scim.tenant.oldest.due.age").baseUnit("seconds").register(registry);
    silence =
        MultiGauge.builder("scim.tenant.last.request.age").baseUnit("seconds").register(registry);
  }

  /** Replaces what was told before: a tenant that has caught up is not told of any more. */
  void show(Fleet.Glance glance) {
    tenants.register(states(glance.tenants()), true);
    tokens.register(states(glance.tokens()), true);
    List<Fleet.Behind> behind = glance.behind();
    due.register(rows(behind, Fleet.Behind::slug, Fleet.Behind::waiting), true);
    givenUp.register(rows(behind, Fleet.Behind::slug, Fleet.Behind::givenUp), true);
    oldestAge.register(
        rows(behind, Fleet.Behind::slug, tenant -> tenant.oldest().toMillis() / 1_000.0), true);
    silence.register(
        rows(glance.silent(), Fleet.Silent::slug, tenant -> (double) tenant.since().toSeconds()),
        true);
  }

  private static List<Row<?>> states(Map<String, Long> numbers) {
    return numbers.entrySet().stream()
        .<Row<?>>map(state -> Row.of(Tags.of("state", state.getKey()), state.getValue()))
        .toList();
  }

  private static <T> List<Row<?>> rows(
      List<T> all, Function<T, String> slug, Function<T, Number> value) {
    return all.stream()
        .<Row<?>>map(one -> Row.of(Tags.of("tenant", slug.apply(one)), value.apply(one)))
        .toList();
  }
}
