package com.phonemos.scim.engine.store;

/**
 * What {@link BatchLoad} asks PostgreSQL. Each takes arrays of what is asked for, so that a batch
 * of any size is one statement of each kind.
 */
final class BatchLoadSql {
  static final String USERS =
      """
      SELECT u.tenant_id, u.id, 0 AS member_count, u.resource::text AS resource, u.revision,
             u.created, u.modified
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, id)
      JOIN scim_user u USING (tenant_id, id)\
      """;

  static final String GROUPS =
      """
      SELECT g.tenant_id, g.id, g.member_count, g.resource::text AS resource, g.revision,
             g.created, g.modified
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, id)
      JOIN scim_group g USING (tenant_id, id)\
      """;

  static final String GROUPS_OF_MEMBERS =
      """
      SELECT g.tenant_id, g.id, g.member_count, g.resource::text AS resource, g.revision,
             g.created, g.modified
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, member_id)
      JOIN group_member m USING (tenant_id, member_id)
      JOIN scim_group g ON (g.tenant_id, g.id) = (m.tenant_id, m.group_id)\
      """;

  static final String USER_NAMES =
      """
      SELECT u.tenant_id, u.user_name_key AS key, u.id
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_user u ON (u.tenant_id, u.user_name_key) = (asked.tenant_id, asked.key)\
      """;

  static final String GROUP_NAMES =
      """
      SELECT g.tenant_id, g.display_name_key AS key, g.id
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_group g ON (g.tenant_id, g.display_name_key) = (asked.tenant_id, asked.key)\
      """;

  static final String USER_RIVALS =
      """
      SELECT u.tenant_id, u.id, 0 AS member_count, u.resource::text AS resource, u.revision,
             u.created, u.modified, %s AS unanswered
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_user u ON (u.tenant_id, u.user_name_key) = (asked.tenant_id, asked.key)\
      """
          .formatted(unanswered("u"));

  static final String USER_RIVALS_BY_EXTERNAL_ID =
      """
      SELECT u.tenant_id, u.id, 0 AS member_count, u.resource::text AS resource, u.revision,
             u.created, u.modified, NULL AS unanswered
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_user u ON (u.tenant_id, u.external_id) = (asked.tenant_id, asked.key)\
      """;

  static final String GROUP_RIVALS =
      """
      SELECT g.tenant_id, g.id, g.member_count, g.resource::text AS resource, g.revision,
             g.created, g.modified, %s AS unanswered
      FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
      JOIN scim_group g ON (g.tenant_id, g.display_name_key) = (asked.tenant_id, asked.key)\
      """
          .formatted(unanswered("g"));

  /** What is displayed of a member: {@code u} or {@code g}, whichever it is. */
  private static final String DISPLAY =
      """
      coalesce(u.resource->>'displayName', u.resource->>'userName',
               g.resource->>'displayName', '')\
      """;

  static final String EXISTING =
      """
      SELECT asked.tenant_id, asked.id, u.id IS NOT NULL AS is_user,
             CASE WHEN $3 THEN %s ELSE '' END AS display
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, id)
      LEFT JOIN scim_user u USING (tenant_id, id)
      LEFT JOIN scim_group g USING (tenant_id, id)
      WHERE u.id IS NOT NULL OR g.id IS NOT NULL\
      """
          .formatted(DISPLAY);

  static final String MEMBERSHIPS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id, m.type, '' AS display
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS asked (tenant_id, group_id, member_id)
      JOIN group_member m USING (tenant_id, group_id, member_id)\
      """;

  static final String MEMBERSHIPS_OF_MEMBERS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id, m.type, '' AS display
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, member_id)
      JOIN group_member m USING (tenant_id, member_id)\
      """;

  static final String MEMBERS_OF_GROUPS =
      """
      SELECT m.tenant_id, m.group_id, m.member_id, m.type,
             %s AS display
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (tenant_id, group_id)
      JOIN group_member m USING (tenant_id, group_id)
      LEFT JOIN scim_user u ON (u.tenant_id, u.id) = (m.tenant_id, m.member_id)
      LEFT JOIN scim_group g ON (g.tenant_id, g.id) = (m.tenant_id, m.member_id)\
      """
          .formatted(DISPLAY);

  /** NOT IN a query is hashed, however the session plans its joins; a list would be walked. */
  static final String DIFFERENCE =
      """
      SELECT m.member_id, TRUE AS present, m.type, '' AS display
      FROM group_member m
      WHERE m.tenant_id = $1 AND m.group_id = $2
        AND m.member_id NOT IN (SELECT unnest($3::uuid[]))
      UNION ALL
      SELECT missing.id, FALSE,
             CASE WHEN u.id IS NOT NULL THEN 'User' WHEN g.id IS NOT NULL THEN 'Group' END, %s
      FROM (
        SELECT asked.id FROM unnest($3::uuid[]) AS asked (id)
        WHERE asked.id NOT IN (
          SELECT m.member_id FROM group_member m WHERE m.tenant_id = $1 AND m.group_id = $2)
        OFFSET 0) AS missing
      LEFT JOIN scim_user u ON (u.tenant_id, u.id) = ($1, missing.id)
      LEFT JOIN scim_group g ON (g.tenant_id, g.id) = ($1, missing.id)\
      """
          .formatted(DISPLAY);

  private BatchLoadSql() {}

  /**
   * The create that a row is still as, if nobody may have got its answer: it was noticed not to
   * arrive, or the session that committed it is gone, and with it whoever would have noticed.
   */
  private static String unanswered(String row) {
    return """
    (SELECT j.after::text FROM journal j
     WHERE (j.tenant_id, j.revision) = (%1$s.tenant_id, %1$s.revision)
       AND j.operation = 'create' AND j.session IS NOT NULL
       AND j.at > now() - interval '10 minutes'
       AND (NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = j.session)
            OR EXISTS (SELECT FROM undelivered d
                       WHERE (d.tenant_id, d.id) = (%1$s.tenant_id, %1$s.id))))\
    """
        .formatted(row);
  }
}
