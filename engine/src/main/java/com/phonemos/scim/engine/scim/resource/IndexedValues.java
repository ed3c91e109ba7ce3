package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values by which a resource is looked up, as its index holds them. */
public final class IndexedValues {
  private IndexedValues() {}

  /** Unique per tenant. */
  public static String userNameKey(Attributes user) {
    return Folding.fold(user.text("userName").orElse(""));
  }

  /** Unique per tenant. */
  public static String displayNameKey(Attributes group) {
    return Folding.fold(group.text("displayName").orElse(""));
  }

  /** The client's own identifier; {@code caseExact}, so not folded (RFC 7643 §3.1). */
  public static @Nullable String externalId(Attributes resource) {
    return resource.text("externalId").orElse(null);
  }

  /** Every {@code emails.value}. */
  public static List<String> emailKeys(Attributes user) {
    List<String> keys = new ArrayList<>();
    for (JsonNode email : user.json().path("emails")) {
      JsonNode value = email.path("value");
      if (value.isTextual()) {
        keys.add(Folding.fold(value.textValue()));
      }
    }
    return keys;
  }
}
