package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.filter.CompareOperator;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.Literal;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.resource.MemberReader;
import java.util.LinkedHashSet;
import java.util.List;
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
      Set<UUID> selected = new LinkedHashSet<>();
      select(target.filter().get(), selected);
      return switch (op) {
        case REMOVE -> List.of(new MemberChange.Remove(selected));
        case REPLACE ->
            List.of(
                new MemberChange.Remove(selected), new MemberChange.Add(MemberReader.ids(value)));
        case ADD -> List.of(new MemberChange.Add(MemberReader.ids(value)));
      };
    }
    return List.of(
        switch (op) {
          case ADD -> new MemberChange.Add(MemberReader.ids(value));
          case REPLACE -> replace(MemberReader.ids(value));
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

  private static void select(Filter filter, Set<UUID> selected) {
    switch (filter) {
      case Filter.Or or -> {
        select(or.left(), selected);
        select(or.right(), selected);
      }
      case Filter.Compare(var path, var operator, Literal.Text text)
          when operator == CompareOperator.EQ && path.name().equals("value") ->
          // What is no id of ours selects nobody, like an unknown one.
          MemberReader.id(text.value()).ifPresent(selected::add);
      case Filter.Compare compare -> throw unsupported();
      case Filter.And and -> throw unsupported();
      case Filter.Not not -> throw unsupported();
      case Filter.Present present -> throw unsupported();
      case Filter.ValuePath nested -> throw unsupported();
    }
  }

  private static ScimException unsupported() {
    return ScimException.badRequest(
        ScimType.INVALID_FILTER,
        "Expected members to be selected by value eq, joined by or, but the filter does otherwise");
  }
}
