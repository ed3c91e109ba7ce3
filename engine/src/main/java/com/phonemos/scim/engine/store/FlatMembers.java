package com.phonemos.scim.engine.store;

/**
 * Who is in which group, by way of other groups too: Keycloak is told of every membership, and of
 * no group inside a group. Whoever changes what is inside what marks what follows, see {@link
 * NestedDue}; these say what it is.
 *
 * <p>Cycles end, because a row that was reached is not reached again (UNION, not UNION ALL).
 */
final class FlatMembers {
  /** Prefix of a statement: {@code flat (id, group_id)} are the groups of the user $2 of $1. */
  static final String OF_USER =
      """
      WITH RECURSIVE flat (id, group_id) AS (
        SELECT m.member_id, m.group_id FROM group_member AS m
        WHERE m.tenant_id = $1 AND m.member_id = $2
        UNION
        SELECT flat.id, m.group_id
        FROM flat JOIN group_member AS m ON (m.tenant_id, m.member_id) = ($1, flat.group_id))
      """;

  /** Prefix of a statement: {@code flat (id, group_id)} are the users of the group $2 of $1. */
  static final String OF_GROUP =
      """
      WITH RECURSIVE below (id, type) AS (
        SELECT m.member_id, m.type FROM group_member AS m
        WHERE m.tenant_id = $1 AND m.group_id = $2
        UNION
        SELECT m.member_id, m.type
        FROM below JOIN group_member AS m ON (m.tenant_id, m.group_id) = ($1, below.id)
        WHERE below.type = 'Group'),
      flat (id, group_id) AS (SELECT below.id, $2::uuid FROM below WHERE type = 'User')
      """;

  /**
   * A condition on {@code wanted (user_id, group_id)} of the tenant $1: that it is a membership.
   * Where no group is inside a group it is a look-up by key.
   */
  static final String IS_ONE =
      """
      (EXISTS (
          SELECT FROM group_member AS m
          WHERE (m.tenant_id, m.group_id, m.member_id) = ($1, wanted.group_id, wanted.user_id))
        OR (SELECT nested FROM tenant WHERE id = $1) AND wanted.group_id IN (
          WITH RECURSIVE above (group_id) AS (
            SELECT m.group_id FROM group_member AS m
            WHERE m.tenant_id = $1 AND m.member_id = wanted.user_id
            UNION
            SELECT m.group_id
            FROM above JOIN group_member AS m ON (m.tenant_id, m.member_id) = ($1, above.group_id))
          SELECT group_id FROM above))
      """;

  private FlatMembers() {}
}
