package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.schema.ResourceType;

/**
 * The references that a table of its own holds: the members of a group, the groups of a user. Each
 * is written down once, for answers and for filters.
 */
final class ReferenceSql {
  private ReferenceSql() {}

  /**
   * A FROM item with the references of {@code r}, a row of a resource: {@code id} and {@code
   * element}, a JSON text.
   *
   * @param base a parameter: what {@code $ref} starts with
   */
  static String of(ResourceType type, String base) {
    return switch (type) {
      case USER ->
          """
          (SELECT g.id, '{"value":"' || g.id || '","display":' \
          || (g.resource->'displayName')::text || ',"type":"direct","$ref":"' || %s::text \
          || '/Groups/' || g.id || '"}' AS element \
          FROM group_member m JOIN scim_group g ON (g.tenant_id, g.id) = (m.tenant_id, m.group_id) \
          WHERE m.tenant_id = r.tenant_id AND m.member_id = r.id)\
          """
              .formatted(base);
      case GROUP ->
          """
          (SELECT m.member_id AS id, '{"value":"' || m.member_id || '","type":"' || m.type \
          || '","$ref":"' || %s::text || '/' || m.type || 's/' || m.member_id || '"}' AS element \
          FROM group_member m WHERE m.tenant_id = r.tenant_id AND m.group_id = r.id)\
          """
              .formatted(base);
    };
  }

  /**
   * A FROM item of one row: the first references as a JSON array's text without its brackets, and
   * the id of the last of them where more may follow.
   *
   * @param references a query for {@code id} and {@code element}
   */
  static String joined(String references, int limit) {
    return """
    (SELECT coalesce(string_agg(f.element, ',' ORDER BY f.id), '') AS refs, \
    (array_agg(f.id ORDER BY f.id))[%d] AS last_reference \
    FROM (%s ORDER BY id LIMIT %d) f)\
    """
        .formatted(limit, references, limit);
  }
}
