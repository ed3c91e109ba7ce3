package com.phonemos.scim.engine.scim.filter;

import com.phonemos.scim.engine.scim.resource.Folding;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import java.util.Optional;
import java.util.Set;

/**
 * What may be kept of a filter in a log: its shape, such as {@code userName eq "?"}, and, apart,
 * the name that was looked for.
 */
public final class FilterShape {
  private static final Literal HIDDEN = new Literal.Text("?");
  private static final Set<String> NAMES =
      Set.of("username", "displayname", "externalid", "emails.value", "emails");

  private static final Set<String> IMPERSONAL =
      Set.of("id", "active", "meta", "schemas", "members", "groups");

  private FilterShape() {}

  /** Whether it names a value that may be about a person: any but ids, memberships and states. */
  public static boolean isPersonal(Filter filter) {
    return switch (filter) {
      case Filter.Compare compare -> isPersonal(compare.path());
      case Filter.Present present -> false;
      case Filter.And and -> isPersonal(and.left()) || isPersonal(and.right());
      case Filter.Or or -> isPersonal(or.left()) || isPersonal(or.right());
      case Filter.Not not -> isPersonal(not.filter());
      case Filter.ValuePath element -> isPersonal(element.attribute());
    };
  }

  private static boolean isPersonal(AttributePath path) {
    return !IMPERSONAL.contains(Folding.fold(path.name()));
  }

  /** The same filter with every value hidden. */
  public static Filter of(Filter filter) {
    return switch (filter) {
      case Filter.Compare compare -> new Filter.Compare(compare.path(), compare.operator(), HIDDEN);
      case Filter.Present present -> present;
      case Filter.And and -> new Filter.And(of(and.left()), of(and.right()));
      case Filter.Or or -> new Filter.Or(of(or.left()), of(or.right()));
      case Filter.Not not -> new Filter.Not(of(not.filter()));
      case Filter.ValuePath element ->
          new Filter.ValuePath(element.attribute(), of(element.filter()));
    };
  }

  /** The folded name that a look-up asks for; empty for any other filter. */
  public static Optional<String> name(Filter filter) {
    return switch (filter) {
      case Filter.Compare(var path, var operator, Literal.Text(var value))
          when operator == CompareOperator.EQ && NAMES.contains(Folding.fold(path.toString())) ->
          Optional.of(Folding.fold(value));
      case Filter.And and -> name(and.left()).or(() -> name(and.right()));
      case Filter.Compare other -> Optional.empty();
      case Filter.Present other -> Optional.empty();
      case Filter.Or other -> Optional.empty();
      case Filter.Not other -> Optional.empty();
      case Filter.ValuePath other -> Optional.empty();
    };
  }
}
