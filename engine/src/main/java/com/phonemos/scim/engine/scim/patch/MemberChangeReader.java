package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.resource.MemberReader;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Operations on {@code members} as set operations. */
final class MemberChangeReader {
  private final boolean strict;
  private final boolean replaceAdds;

  /**
   * @param operations all of the request, because some tell whose they are
   */
  MemberChangeReader(Dialect dialect, JsonNode operations) {
    this.strict = dialect == Dialect.STRICT;
    this.replaceAdds =
        switch (dialect) {
          case ENTRA -> true;
          case AUTO -> isEntras(operations);
          case STRICT -> false;
        };
  }

  /**
   * Entra alone capitalises its verbs [D E1, E2] and names no reference [D E1]. Without either sign
   * the RFC holds: reading it otherwise would keep members that are to go. An Entra that writes as
   * the RFC does needs the policy.
   */
  private static boolean isEntras(JsonNode operations) {
    for (JsonNode operation : operations) {
      String op = operation.path("op").asText();
      if (!op.isEmpty() && Character.isUpperCase(op.charAt(0))) {
        return true;
      }
      for (JsonNode element : operation.path("value")) {
        if (element.path("$ref").isNull()) {
          return true;
        }
      }
    }
    return false;
  }

  List<MemberChange> read(PatchOperation.Op op, PatchTarget target, JsonNode value) {
    if (target.resolved().path().subAttribute().isPresent()) {
      throw ScimException.badRequest(
          ScimType.MUTABILITY,
          "Expected members to be added or removed, but a sub-attribute of one is to be changed");
    }
    if (target.filter().isPresent()) {
      return List.of(selected(op, target, target.filter().get(), value));
    }
    return List.of(
        switch (op) {
          case ADD -> new MemberChange.Add(MemberReader.ids(value));
          case REPLACE -> replace(MemberReader.all(value));
          case REMOVE -> remove(value);
        });
  }

  /**
   * RFC 7644 §3.5.2.3 has the list replace all members; Entra names only the one it adds [O C11, R
   * C12].
   */
  private MemberChange replace(Set<UUID> members) {
    return replaceAdds && !members.isEmpty()
        ? new MemberChange.Add(members)
        : new MemberChange.Replace(members);
  }

  /**
   * RFC 7644 §3.5.2.2 empties the attribute; Entra and JumpCloud list those to be removed [D E1, R
   * J2], and reading that as the RFC does would empty the group.
   */
  private MemberChange remove(JsonNode value) {
    if (strict && !value.isMissingNode()) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX,
          "Expected no value to remove by, but there is one: use a value filter");
    }
    return value.isMissingNode() || value.isNull()
        ? new MemberChange.Replace(Set.of())
        : new MemberChange.Remove(MemberReader.ids(value));
  }

  private MemberChange selected(
      PatchOperation.Op op, PatchTarget target, Filter filter, JsonNode value) {
    requireKnown(filter);
    MemberFilter selection = new MemberFilter(target.resolved().attribute(), filter);
    return switch (op) {
      case ADD -> new MemberChange.Add(MemberReader.ids(value));
      case REPLACE -> new MemberChange.ReplaceSelected(selection, MemberReader.ids(value));
      case REMOVE ->
          named(filter)
              .<MemberChange>map(MemberChange.Remove::new)
              .orElseGet(() -> new MemberChange.RemoveSelected(selection));
    };
  }

  /** The members that a filter names one by one, so that no other need be looked at. */
  private static Optional<Set<UUID>> named(Filter filter) {
    return switch (filter) {
      case Filter.Or or ->
          named(or.left()).flatMap(left -> named(or.right()).map(right -> union(left, right)));
      case Filter.Compare(var path, var operator, Literal.Text text)
          when operator == CompareOperator.EQ && path.name().equals("value") ->
          // What is no id of ours selects nobody, like an unknown one.
          Optional.of(MemberReader.id(text.value()).map(Set::of).orElse(Set.of()));
      case Filter.Compare compare -> Optional.empty();
      case Filter.And and -> Optional.empty();
      case Filter.Not not -> Optional.empty();
      case Filter.Present present -> Optional.empty();
      case Filter.ValuePath nested -> Optional.empty();
    };
  }

  private static Set<UUID> union(Set<UUID> left, Set<UUID> right) {
    Set<UUID> union = new LinkedHashSet<>(left);
    union.addAll(right);
    return union;
  }

  /** A reference depends on the address that each client uses: no member is known by it. */
  private static void requireKnown(Filter filter) {
    switch (filter) {
      case Filter.And and -> {
        requireKnown(and.left());
        requireKnown(and.right());
      }
      case Filter.Or or -> {
        requireKnown(or.left());
        requireKnown(or.right());
      }
      case Filter.Not not -> requireKnown(not.filter());
      case Filter.Compare compare -> requireKnown(compare.path());
      case Filter.Present present -> requireKnown(present.path());
      case Filter.ValuePath nested -> requireKnown(nested.attribute());
    }
  }

  private static void requireKnown(AttributePath path) {
    if (path.name().equals("$ref")) {
      throw ScimException.badRequest(
          ScimType.INVALID_FILTER,
          "Expected members to be selected by value, type or display, but it is by $ref");
    }
  }
}
