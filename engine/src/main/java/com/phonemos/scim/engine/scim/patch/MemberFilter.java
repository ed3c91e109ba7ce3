package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterMatcher;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.util.UUID;

/**
 * A value filter on the members of a group.
 *
 * @param attribute the definition of {@code members}
 * @param filter checked against it; does not ask for {@code $ref}
 */
public record MemberFilter(Attribute attribute, Filter filter) {
  /** Whether a member is selected, known by what is served of it. */
  public boolean selects(UUID value, ResourceType type, String display) {
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    element.put("value", value.toString()).put("type", type.title()).put("display", display);
    return FilterMatcher.matches(filter, attribute, element);
  }
}
