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
  /** Members in one request at most. */
  public static final int MAX_MEMBERS = 10_000;

  private MemberReader() {}

  /**
   * The ids in an array of members, one member, or {@code null} for none.
   *
   * @throws ScimException 400 invalidValue for what is no id of ours; 413 for too many
   */
  public static Set<UUID> ids(JsonNode members) {
    if (members.isNull()) {
      return Set.of();
    }
    if (members.isObject()) {
      return Set.of(id(members));
    }
    if (!members.isArray()) {
      throw refuse("Expected members to be an array, but it is none");
    }
    if (members.size() > MAX_MEMBERS) {
      throw new ScimException(
          ScimError.of(
              413,
              "Expected at most " + MAX_MEMBERS + " members in a request, but there are more"));
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
    if (member.path("type").asText().equalsIgnoreCase("Group")) {
      throw refuse("Expected members to be users, but one is a group");
    }
    return id(value.asText())
        .orElseThrow(() -> refuse("Expected members to be ids of users, but one is not an id"));
  }

  private static ScimException refuse(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }
}
