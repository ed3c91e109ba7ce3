package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.schema.Urn;

/**
 * What is told of a user's manager beside the id that is stored (RFC 7643 §4.3): looked up when it
 * is read, so that it is right whatever the manager is called since.
 */
final class ManagerSql {
  private static final String PATH = "'{" + Urn.ENTERPRISE_USER + ",manager}'";
  private static final String VALUE = "'{" + Urn.ENTERPRISE_USER + ",manager,value}'";
  private static final String ID =
      "'^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'";

  private ManagerSql() {}

  /**
   * The attributes of {@code r}, a row of a resource, with {@code displayName} and {@code $ref} of
   * a manager that is a user here.
   *
   * @param attributes JSON text
   * @param base a parameter: what {@code $ref} starts with
   */
  static String shown(String attributes, String base) {
    return """
    CASE WHEN strpos(%1$s, '"manager"') = 0 THEN %1$s ELSE coalesce(( \
    SELECT jsonb_set(%1$s::jsonb, %3$s, (%1$s::jsonb #> %3$s) || jsonb_build_object( \
    'displayName', coalesce(m.resource->'displayName', m.resource->'userName'), \
    '$ref', %2$s::text || '/Users/' || m.id))::text \
    FROM scim_user m WHERE m.tenant_id = r.tenant_id AND m.id = CASE \
    WHEN %1$s::jsonb #>> %4$s ~ %5$s THEN (%1$s::jsonb #>> %4$s)::uuid END), %1$s) END\
    """
        .formatted(attributes, base, PATH, VALUE, ID);
  }
}
