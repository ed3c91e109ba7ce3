package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.Attribute.Returned;
import com.phonemos.scim.engine.scim.schema.Attribute.Type;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Filters on every attribute of a resource type, with every operator that fits it; the same seed
 * gives the same filters.
 */
final class SchemaFilters {
  private final Random random;
  private final List<Place> places = new ArrayList<>();
  private final List<Place> arrays = new ArrayList<>();
  private final List<String> texts;

  /** A path and the attribute that a comparison with it looks at. */
  private record Place(AttributePath path, Attribute attribute) {}

  /**
   * For one resource type.
   *
   * @param texts that occur in the resources, beside the generated ones
   */
  SchemaFilters(Random random, SchemaRegistry schemas, ResourceType type, List<String> texts) {
    this.random = random;
    this.texts = new ArrayList<>(texts);
    this.texts.addAll(GeneratedResources.TEXTS);
    for (Attribute attribute : schemas.attributes(type).all()) {
      if (attribute.returned() == Returned.NEVER) {
        continue;
      }
      if (attribute.name().startsWith("urn:")) {
        places.add(new Place(AttributePath.of(attribute.name()), attribute));
        attribute.subAttributes().forEach(sub -> add(Optional.of(attribute.name()), sub));
      } else {
        add(Optional.empty(), attribute);
      }
    }
  }

  private void add(Optional<String> schema, Attribute attribute) {
    AttributePath path = new AttributePath(schema, attribute.name(), Optional.empty());
    places.add(new Place(path, attribute));
    if (attribute.multiValued() && attribute.type() == Type.COMPLEX) {
      arrays.add(new Place(path, attribute));
    }
    for (Attribute sub : attribute.subAttributes()) {
      places.add(
          new Place(new AttributePath(schema, attribute.name(), Optional.of(sub.name())), sub));
    }
  }

  /** A filter of at most {@code depth} levels, not checked yet. */
  Filter next(int depth) {
    return switch (depth == 0 ? random.nextInt(3) : random.nextInt(7)) {
      case 0, 1, 2 -> term(pick(places));
      case 3 -> new Filter.And(next(depth - 1), next(depth - 1));
      case 4 -> new Filter.Or(next(depth - 1), next(depth - 1));
      case 5 -> new Filter.Not(next(depth - 1));
      default -> valuePath(depth);
    };
  }

  private Filter valuePath(int depth) {
    Place array = pick(arrays);
    return new Filter.ValuePath(array.path(), element(array.attribute(), depth - 1));
  }

  private Filter element(Attribute attribute, int depth) {
    return switch (depth <= 0 ? 0 : random.nextInt(5)) {
      case 0, 1 -> {
        Attribute sub = pick(attribute.subAttributes());
        yield term(new Place(AttributePath.of(sub.name()), sub));
      }
      case 2 -> new Filter.And(element(attribute, depth - 1), element(attribute, depth - 1));
      case 3 -> new Filter.Or(element(attribute, depth - 1), element(attribute, depth - 1));
      default -> new Filter.Not(element(attribute, depth - 1));
    };
  }

  private Filter term(Place place) {
    Optional<Attribute> comparable =
        place.attribute().type() != Type.COMPLEX
            ? Optional.of(place.attribute())
            : Optional.of(place.attribute())
                .filter(Attribute::multiValued)
                .flatMap(complex -> complex.subAttribute("value"));
    if (comparable.isEmpty() || random.nextInt(6) == 0) {
      return new Filter.Present(place.path());
    }
    Attribute attribute = comparable.get();
    if (random.nextInt(10) == 0) {
      return new Filter.Compare(
          place.path(), pick(List.of(CompareOperator.EQ, CompareOperator.NE)), new Literal.Null());
    }
    return new Filter.Compare(place.path(), operator(attribute.type()), literal(attribute.type()));
  }

  private CompareOperator operator(Type type) {
    return switch (type) {
      case BOOLEAN -> pick(List.of(CompareOperator.EQ, CompareOperator.NE));
      case BINARY ->
          pick(
              List.of(
                  CompareOperator.EQ,
                  CompareOperator.NE,
                  CompareOperator.CO,
                  CompareOperator.SW,
                  CompareOperator.EW));
      case INTEGER, DECIMAL, DATE_TIME ->
          pick(
              List.of(
                  CompareOperator.EQ,
                  CompareOperator.NE,
                  CompareOperator.GT,
                  CompareOperator.GE,
                  CompareOperator.LT,
                  CompareOperator.LE));
      case STRING, REFERENCE, COMPLEX -> pick(List.of(CompareOperator.values()));
    };
  }

  private Literal literal(Type type) {
    return switch (type) {
      case BOOLEAN ->
          random.nextBoolean()
              ? new Literal.Bool(random.nextBoolean())
              : new Literal.Text(pick(List.of("True", "false")));
      case INTEGER, DECIMAL -> new Literal.Numeric(pick(GeneratedResources.NUMBERS));
      case DATE_TIME -> new Literal.Text(pick(GeneratedResources.DATE_TIMES));
      case STRING, REFERENCE, BINARY, COMPLEX -> new Literal.Text(text());
    };
  }

  /** A text that occurs, or a part of one, or one in other letters. */
  private String text() {
    String text = pick(texts);
    int length = text.codePointCount(0, text.length());
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, text.offsetByCodePoints(0, random.nextInt(length + 1)));
      case 1 -> text.substring(text.offsetByCodePoints(0, random.nextInt(length + 1)));
      case 2 -> text.toUpperCase(Locale.ROOT);
      default -> text;
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
