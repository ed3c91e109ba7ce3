package com.phonemos.scim.engine.scim.filter;

import com.phonemos.scim.engine.scim.schema.AttributePath;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Filters of every shape that the grammar has; the same seed gives the same filters. */
final class GeneratedFilters {
  private static final List<String> TEXTS =
      List.of(
          "", "work", "a \"b\"", "back\\slash", "] and (x pr)", "ünïcödé 😀", "tab\t\n", "100%_");
  private static final List<String> NAMES = List.of("userName", "not", "and", "pr", "x-y_1", "a");

  private final Random random;

  GeneratedFilters(Random random) {
    this.random = random;
  }

  /** A filter of at most {@code depth} levels. */
  Filter next(int depth) {
    return next(depth, false);
  }

  private Filter next(int depth, boolean inElement) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(inElement ? 5 : 6)) {
      case 0 -> new Filter.Present(path(inElement));
      case 1 -> new Filter.Compare(path(inElement), pick(CompareOperator.values()), literal());
      case 2 -> new Filter.And(next(depth - 1, inElement), next(depth - 1, inElement));
      case 3 -> new Filter.Or(next(depth - 1, inElement), next(depth - 1, inElement));
      case 4 -> new Filter.Not(next(depth - 1, inElement));
      default -> new Filter.ValuePath(AttributePath.of(name()), next(depth - 1, true));
    };
  }

  private AttributePath path(boolean inElement) {
    if (inElement) {
      return AttributePath.of(name());
    }
    Optional<String> schema =
        random.nextInt(4) == 0
            ? Optional.of("urn:ietf:params:scim:schemas:core:2.0:User")
            : Optional.empty();
    Optional<String> sub = random.nextBoolean() ? Optional.of("$ref") : Optional.empty();
    return new AttributePath(schema, name(), sub);
  }

  private Literal literal() {
    return switch (random.nextInt(4)) {
      case 0 -> new Literal.Text(TEXTS.get(random.nextInt(TEXTS.size())));
      case 1 -> new Literal.Numeric(BigDecimal.valueOf(random.nextInt(), random.nextInt(40) - 20));
      case 2 -> new Literal.Bool(random.nextBoolean());
      default -> new Literal.Null();
    };
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }
}
