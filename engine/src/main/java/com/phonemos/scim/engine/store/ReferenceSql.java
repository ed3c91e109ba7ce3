package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.schema.ResourceType;

/**
 * The references that a table of its own holds: the members of a group, the groups of a user, those
 * that it is in by way of another group among them. Each is written down once, for answers and for
 * filters. {@code OFFSET 0} keeps the planner from another order of joins: while it takes the
 * tables for small, all of a tenant's rows look as cheap to it as the few that are wanted.
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
          (WITH RECURSIVE above (id, direct) AS ( \
          SELECT m.group_id, TRUE FROM group_member m \
          WHERE m.tenant_id = r.tenant_id AND m.member_id = r.id \
          UNION SELECT m.group_id, FALSE FROM above a \
          CROSS JOIN LATERAL (SELECT group_id FROM group_member \
          WHERE tenant_id = r.tenant_id AND member_id = a.id OFFSET 0) m) \
          SELECT g.id, '{"value":"' || g.id || '","display":' \
          || (g.resource->'displayName')::text || ',"type":"' \
          || CASE WHEN a.direct THEN 'direct' ELSE 'indirect' END || '","$ref":"' || %s::text \
          || '/Groups/' || g.id || '"}' AS element \
          FROM (SELECT id, bool_or(direct) AS direct FROM above GROUP BY id) a \
          CROSS JOIN LATERAL (SELECT id, resource FROM scim_group \
          WHERE tenant_id = r.tenant_id AND id = a.id OFFSET 0) g)\
          """
              .formatted(base);
      case GROUP ->
          """
          (SELECT m.member_id AS id, '{"value":"' || m.member_id || '","type":"' || m.type \
          || '","display":' || coalesce(u.resource->'displayName', u.resource->'userName', \
          g.resource->'displayName', '""')::text \
          || ',"$ref":"' || %s::text || '/' || m.type || 's/' || m.member_id || '"}' AS element \
          FROM group_member m \
          LEFT JOIN LATERAL (SELECT resource FROM scim_user \
          WHERE tenant_id = m.tenant_id AND id = m.member_id OFFSET 0) u ON TRUE \
          LEFT JOIN LATERAL (SELECT resource FROM scim_group \
          WHERE tenant_id = m.tenant_id AND id = m.member_id OFFSET 0) g ON TRUE \
          WHERE m.tenant_id = r.tenant_id AND m.group_id = r.id)\
          """
              .formatted(base);
    };
  }

  /**
   * A query for the ids of everything in a group, by way of other groups too.
   *
   * @param group a condition on {@code m}, a membership, that it is the group's own
   */
  static String below(String tenant, String group) {
    return """
    WITH RECURSIVE below (id) AS ( \
    SELECT m.member_id FROM group_member m WHERE m.tenant_id = %1$s AND %2$s \
    UNION SELECT m.member_id FROM below b \
    JOIN group_member m ON m.tenant_id = %1$s AND m.group_id = b.id) SELECT id FROM below\
    """
        .formatted(tenant, group);
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
