package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The members that a client names (RFC 7643 §4.2). Only their ids matter: {@code display}, {@code
 * type} and {@code $ref} are ours to know.
 */
public final class MemberReader {
  /** Members that one request may add or remove. */
  public static final int MAX_MEMBERS = 10_000;

  /** Members of a list that is a group's whole membership; what is sent is bounded before it. */
  private static final int MAX_ALL = 1_000_000;

  private MemberReader() {}

  /**
   * The ids in an array of members, one member, or {@code null} for none.
   *
   * @throws ScimException 400 invalidValue for what is no id of ours; 413 for too many
   */
  public static Set<UUID> ids(JsonNode members) {
    return ids(members, MAX_MEMBERS);
  }

  /** As {@link #ids}, for the members that a group is to have from then on. */
  public static Set<UUID> all(JsonNode members) {
    return ids(members, MAX_ALL);
  }

  private static Set<UUID> ids(JsonNode members, int most) {
    if (members.isNull()) {
      return Set.of();
    }
    if (members.isObject()) {
      return Set.of(id(members));
    }
    if (!members.isArray()) {
      throw refuse("Expected members to be an array, but it is none");
    }
    if (members.size() > most) {
      throw new ScimException(
          ScimError.of(
              413, "Expected at most " + most + " members in a request, but there are more"));
    }
    Set<UUID> ids = new LinkedHashSet<>();
    members.forEach(member -> ids.add(id(member)));
    return Set.copyOf(ids);
  }

  /** An id, if the text is one of ours; other spellings of it are none. */
  public static Optional<UUID> id(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static UUID id(JsonNode member) {
    JsonNode value = member.isTextual() ? member : member.path("value");
    return id(value.asText())
        .orElseThrow(
            () -> refuse("Expected members to be ids of users or groups, but one is not an id"));
  }

  private static ScimException refuse(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }
}
