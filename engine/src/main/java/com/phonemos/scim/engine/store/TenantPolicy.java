package com.phonemos.scim.engine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.patch.Dialect;
import java.util.Locale;

/**
 * What an operator decided for one tenant where the standard, or Keycloak, leaves a choice. Kept as
 * JSON in the tenant's row: what is not there is the default, and what this version does not know
 * is left alone, so that two versions may run side by side.
 */
public record TenantPolicy(
    Dialect dialect,
    Recreate recreate,
    Adoption adoption,
    Deletion deletion,
    NestedGroups nestedGroups) {
  /** What a tenant has that nobody decided anything for. */
  public static final TenantPolicy DEFAULT =
      new TenantPolicy(
          Dialect.AUTO,
          Recreate.CONFLICT,
          Adoption.USER_NAME,
          Deletion.REMOVE,
          NestedGroups.FLATTEN);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a POST for a deactivated user with the same {@code userName} or external id does. */
  public enum Recreate {
    /** 409 uniqueness. */
    CONFLICT,

    /** The user is active again, with its id; how Okta assigns somebody anew. */
    REACTIVATE
  }

  /** Which accounts that exist in Keycloak already may be taken for a new user. */
  public enum Adoption {
    NEVER,

    /** The one with its user name. */
    USER_NAME,

    /** The one with its e-mail address, if Keycloak holds it verified. */
    VERIFIED_EMAIL
  }

  /** What becomes of the Keycloak account of a deleted user. */
  public enum Deletion {
    REMOVE,
    DISABLE,

    /** It stays, disabled, under a neutral name that is its own. */
    ANONYMISE
  }

  /** What becomes of a group inside a group. */
  public enum NestedGroups {
    /** Its members are members of the outer one. */
    FLATTEN,

    /** A subgroup. */
    TREE
  }

  /** Reads the tenant's row; a value of a newer version counts as the default. */
  static TenantPolicy read(String json) {
    JsonNode tree = tree(json);
    return new TenantPolicy(
        value(tree, "dialect", DEFAULT.dialect),
        value(tree, "recreate", DEFAULT.recreate),
        value(tree, "adoption", DEFAULT.adoption),
        value(tree, "deletion", DEFAULT.deletion),
        value(tree, "nestedGroups", DEFAULT.nestedGroups));
  }

  String toJson() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("dialect", name(dialect));
    tree.put("recreate", name(recreate));
    tree.put("adoption", name(adoption));
    tree.put("deletion", name(deletion));
    tree.put("nestedGroups", name(nestedGroups));
    return tree.toString();
  }

  /** As operators and the JSON write it, such as {@code user-name}. */
  public static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E value(JsonNode tree, String key, E otherwise) {
    String text = tree.path(key).asText("");
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      if (name(constant).equals(text)) {
        return constant;
      }
    }
    return otherwise;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("PostgreSQL returned invalid jsonb", impossible);
    }
  }
}
