package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.store.BatchWrites.DueMark.Priority;
import com.phonemos.scim.engine.store.BatchWrites.Edge;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Marks the memberships that follow from a group inside a group. An edge that begins or ends
 * concerns everybody below its member, in its group and in every group above; only PostgreSQL knows
 * who that is, so it is asked while both ends are there: before edges go, and after they came.
 *
 * <p>Cycles end, because a row that was reached is not reached again (UNION, not UNION ALL).
 */
final class NestedDue {
  static final String MARK =
      """
      WITH RECURSIVE edge AS (
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
          AS e (tenant_id, group_id, member_id, type)),
      above (tenant_id, start, group_id) AS (
        SELECT tenant_id, group_id, group_id FROM edge
        UNION
        SELECT m.tenant_id, a.start, m.group_id
        FROM above a
        JOIN group_member m ON (m.tenant_id, m.member_id) = (a.tenant_id, a.group_id)),
      below (tenant_id, start, id, type) AS (
        SELECT tenant_id, member_id, member_id, type FROM edge WHERE type = 'Group'
        UNION
        SELECT m.tenant_id, b.start, m.member_id, m.type
        FROM below b
        JOIN group_member m ON (m.tenant_id, m.group_id) = (b.tenant_id, b.id)
        WHERE b.type = 'Group'),
      concerned (tenant_id, id, group_id) AS (
        SELECT e.tenant_id, e.member_id, a.group_id
        FROM edge e
        JOIN above a ON (a.tenant_id, a.start) = (e.tenant_id, e.group_id)
        WHERE e.type = 'User' AND a.group_id <> e.group_id
        UNION
        SELECT e.tenant_id, b.id, a.group_id
        FROM edge e
        JOIN above a ON (a.tenant_id, a.start) = (e.tenant_id, e.group_id)
        JOIN below b ON (b.tenant_id, b.start) = (e.tenant_id, e.member_id)
        WHERE e.type = 'Group' AND b.type = 'User')
      INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
      SELECT tenant_id, 'MEMBERSHIP', id, group_id, $5, $6, $6 FROM concerned
      ON CONFLICT (tenant_id, kind, id, group_id) DO UPDATE SET
        priority = least(due.priority, excluded.priority), cause = 'change',
        generation = due.generation + 1, attempts = 0, reason = NULL,
        due_at = least(due.due_at, excluded.due_at + interval '60 seconds')\
      """;

  private NestedDue() {}

  static Tuple values(List<Edge> edges, Priority priority, Instant at) {
    return BatchStatements.edges(edges)
        .addShort(priority.rank())
        .addOffsetDateTime(at.atOffset(ZoneOffset.UTC));
  }
}
