package com.phonemos.scim.engine.scim.filter;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.DateTime;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds a filter against the schema, so that whoever evaluates it needs no further checks: every
 * path exists and has the schema's spelling, every operator and value fits its attribute.
 */
public final class FilterCheck {
  /** Every resource has an id. */
  private static final Filter ALWAYS = new Filter.Present(AttributePath.of("id"));

  private static final Filter NEVER = new Filter.Not(ALWAYS);

  private final SchemaRegistry schemas;
  private final List<ResourceType> types;
  private final ResourceType type;

  private FilterCheck(SchemaRegistry schemas, List<ResourceType> types, ResourceType type) {
    this.schemas = schemas;
    this.types = types;
    this.type = type;
  }

  /**
   * Checks a filter on resources of one type.
   *
   * @throws ScimException 400 invalidFilter, naming the attribute
   */
  public static Filter check(SchemaRegistry schemas, ResourceType type, Filter filter) {
    return check(schemas, List.of(type), type, filter);
  }

  /**
   * Checks a filter on resources of several types for one of them: an attribute that this type
   * lacks and another one has is without a value (RFC 7644 §3.4.2.1).
   *
   * @throws ScimException 400 invalidFilter, naming the attribute
   */
  public static Filter check(
      SchemaRegistry schemas, List<ResourceType> types, ResourceType type, Filter filter) {
    return new FilterCheck(schemas, types, type).check(filter);
  }

  /**
   * Checks a filter on the elements of a multi-valued attribute.
   *
   * @throws ScimException 400 invalidFilter, naming the attribute
   */
  public static Filter checkElement(Attribute attribute, Filter filter) {
    return switch (filter) {
      case Filter.And and ->
          new Filter.And(checkElement(attribute, and.left()), checkElement(attribute, and.right()));
      case Filter.Or or ->
          new Filter.Or(checkElement(attribute, or.left()), checkElement(attribute, or.right()));
      case Filter.Not not -> new Filter.Not(checkElement(attribute, not.filter()));
      case Filter.Present present ->
          new Filter.Present(AttributePath.of(element(attribute, present.path()).name()));
      case Filter.Compare compare -> {
        Attribute sub = element(attribute, compare.path());
        yield compare(AttributePath.of(sub.name()), sub, compare);
      }
      case Filter.ValuePath nested ->
          throw refuse("Expected no brackets inside the brackets of " + attribute.name());
    };
  }

  private Filter check(Filter filter) {
    return switch (filter) {
      case Filter.And and -> new Filter.And(check(and.left()), check(and.right()));
      case Filter.Or or -> new Filter.Or(check(or.left()), check(or.right()));
      case Filter.Not not -> new Filter.Not(check(not.filter()));
      case Filter.Present present when isAnothers(present.path()) -> NEVER;
      case Filter.Present present -> new Filter.Present(resolve(present.path()).path());
      case Filter.Compare compare when isAnothers(compare.path()) ->
          (compare.operator() == CompareOperator.NE) == (compare.value() instanceof Literal.Null)
              ? NEVER
              : ALWAYS;
      case Filter.Compare compare -> {
        ResolvedPath resolved = resolve(compare.path());
        yield compare(resolved.path(), comparable(resolved), compare);
      }
      case Filter.ValuePath path when isAnothers(path.attribute()) -> NEVER;
      case Filter.ValuePath path -> {
        ResolvedPath resolved = resolve(path.attribute());
        Attribute attribute = resolved.attribute();
        if (attribute.type() != Attribute.Type.COMPLEX || !attribute.multiValued()) {
          throw refuse(
              "Expected brackets after a multi-valued complex attribute, but "
                  + resolved.path()
                  + " is none");
        }
        yield new Filter.ValuePath(resolved.path(), checkElement(attribute, path.filter()));
      }
    };
  }

  private boolean isAnothers(AttributePath path) {
    return schemas.resolve(type, path).isEmpty()
        && types.stream().anyMatch(other -> schemas.resolve(other, path).isPresent());
  }

  private ResolvedPath resolve(AttributePath path) {
    ResolvedPath resolved =
        schemas
            .resolve(type, path)
            .orElseThrow(() ->
                refuse("Expected an attribute of " + type.title() + ", but " + path + " is none"));
    if (resolved.attribute().returned() == Attribute.Returned.NEVER) {
      throw refuse("Expected an attribute that is returned, but " + path + " never is");
    }
    return resolved;
  }

  /** A multi-valued complex attribute stands for its value (RFC 7643 §2.4). */
  private static Attribute comparable(ResolvedPath resolved) {
    Attribute attribute = resolved.attribute();
    if (attribute.type() != Attribute.Type.COMPLEX) {
      return attribute;
    }
    return Optional.of(attribute)
        .filter(Attribute::multiValued)
        .flatMap(complex -> complex.subAttribute("value"))
        .orElseThrow(() ->
            refuse(
                "Expected a sub-attribute of "
                    + resolved.path()
                    + ", because it is complex itself"));
  }

  private static Attribute element(Attribute attribute, AttributePath path) {
    return Optional.of(path)
        .filter(name -> name.schema().isEmpty() && name.subAttribute().isEmpty())
        .flatMap(name -> attribute.subAttribute(name.name()))
        .orElseThrow(() ->
            refuse(
                "Expected a sub-attribute of " + attribute.name() + ", but " + path + " is none"));
  }

  private static Filter compare(AttributePath path, Attribute attribute, Filter.Compare compare) {
    Literal value =
        switch (attribute.type()) {
          case BOOLEAN -> booleanOf(path, compare.value());
          case INTEGER, DECIMAL -> numberOf(path, compare.value());
          case DATE_TIME -> dateTimeOf(path, compare.value());
          case STRING, REFERENCE, BINARY -> textOf(path, compare.value());
          case COMPLEX -> throw refuse("Expected a sub-attribute of " + path);
        };
    boolean ordered = isOrdering(compare.operator());
    boolean ofTextsOnly = isOfTextsOnly(compare.operator());
    boolean isText = value instanceof Literal.Text && attribute.type() != Attribute.Type.DATE_TIME;
    boolean unordered =
        attribute.type() == Attribute.Type.BOOLEAN
            || attribute.type() == Attribute.Type.BINARY
            || value instanceof Literal.Null;
    if ((ordered && unordered) || (ofTextsOnly && !isText)) {
      throw refuse(
          "Expected an operator that fits "
              + path
              + ", but "
              + compare.operator().keyword()
              + " does not");
    }
    return new Filter.Compare(path, compare.operator(), value);
  }

  /** Entra writes {@code roles[primary eq "True"]} for apps that discover schemas. */
  private static Literal booleanOf(AttributePath path, Literal value) {
    if (value instanceof Literal.Text text) {
      String word = text.value().toLowerCase(Locale.ROOT);
      if (word.equals("true") || word.equals("false")) {
        return new Literal.Bool(word.equals("true"));
      }
    }
    return require(
        value instanceof Literal.Bool || value instanceof Literal.Null, value, path, "a boolean");
  }

  private static Literal numberOf(AttributePath path, Literal value) {
    return require(
        value instanceof Literal.Numeric || value instanceof Literal.Null, value, path, "a number");
  }

  private static Literal textOf(AttributePath path, Literal value) {
    boolean fits = value instanceof Literal.Text || value instanceof Literal.Null;
    if (value instanceof Literal.Text text && !isUnicode(text.value())) {
      throw refuse(
          "Expected a text without NUL characters and halves of surrogate pairs for " + path);
    }
    return require(fits, value, path, "a text in double quotes");
  }

  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
  }

  private static Literal dateTimeOf(AttributePath path, Literal value) {
    boolean fits =
        value instanceof Literal.Text text
            ? DateTime.parse(text.value()).isPresent()
            : value instanceof Literal.Null;
    return require(fits, value, path, "a dateTime such as \"2011-05-13T04:42:34Z\"");
  }

  private static Literal require(boolean fits, Literal value, AttributePath path, String expected) {
    if (!fits) {
      throw refuse("Expected " + expected + " for " + path);
    }
    return value;
  }

  private static boolean isOrdering(CompareOperator operator) {
    return switch (operator) {
      case GT, GE, LT, LE -> true;
      case EQ, NE, CO, SW, EW -> false;
    };
  }

  private static boolean isOfTextsOnly(CompareOperator operator) {
    return switch (operator) {
      case CO, SW, EW -> true;
      case EQ, NE, GT, GE, LT, LE -> false;
    };
  }

  private static ScimException refuse(String detail) {
    return ScimException.badRequest(ScimType.INVALID_FILTER, detail);
  }
}
