package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.Testbed.Tenant;
import com.phonemos.scim.engine.bench.load.SampleUser;
import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.Screen;
import java.util.UUID;

/** Fills a tenant by SQL with the rows that the engine would have written, without a journal. */
final class Population {
  private static final int AT_A_TIME = 50_000;

  private static final String USERS =
      """
      INSERT INTO scim_user (tenant_id, id, user_name_key, external_id, active, email_keys,
                             resource, revision, created, modified)
      SELECT ?, replace(?, '{n}', digits)::uuid, replace(?, '{n}', digits),
             replace(?, '{n}', digits), true, ARRAY[replace(?, '{n}', digits)],
             replace(?, '{n}', digits)::jsonb, n + 1, now(), now()
      FROM (SELECT n, lpad(n::text, 9, '0') AS digits FROM generate_series(?, ?) AS n) serials
      """;

  private static final String GROUP =
      """
      INSERT INTO scim_group (tenant_id, id, display_name_key, member_count, resource, revision,
                              created, modified)
      VALUES (?, ?, ?, ?, jsonb_build_object('displayName', ?::text), 0, now(), now())
      """;

  private static final String MEMBERS =
      """
      INSERT INTO group_member (tenant_id, group_id, member_id, type)
      SELECT ?, ?, replace(?, '{n}', lpad(n::text, 9, '0'))::uuid, 'User'
      FROM generate_series(0, ? - 1) AS n
      """;

  private static final String JOURNAL =
      """
      INSERT INTO journal (tenant_id, revision, at, actor, request_id, operation, resource_type,
                           resource_id, after)
      SELECT ?, ? + n + 1, now(), gen_random_uuid(), 'r' || n, 'patch', 'User',
             replace(?, '{n}', lpad(n::text, 9, '0'))::uuid, '{"title": "Engineer"}'
      FROM generate_series(0, ? - 1) AS n
      """;

  private static final String REQUESTS =
      """
      INSERT INTO request_log (tenant_id, at, request_id, method, operation, resource_type,
                               resource_id, status, duration_us)
      SELECT ?, now(), 'r' || n, 'PATCH', 'patch', 'User',
             replace(?, '{n}', lpad(n::text, 9, '0'))::uuid, 200, 5000
      FROM generate_series(0, ? - 1) AS n
      """;

  private static final String TOTALS =
      """
      UPDATE tenant SET
        revision = (SELECT count(*) FROM scim_user WHERE tenant_id = tenant.id),
        user_count = (SELECT count(*) FROM scim_user WHERE tenant_id = tenant.id),
        group_count = (SELECT count(*) FROM scim_group WHERE tenant_id = tenant.id)
      WHERE id = ?
      """;

  private final Rows rows;
  private final Tenant tenant;
  private final Screen screen;

  Population(Testbed bed, Tenant tenant, Screen screen) {
    this.rows = bed.rows();
    this.tenant = tenant;
    this.screen = screen;
  }

  /** Users with the serial numbers from 0. */
  Population users(int count) {
    for (int from = 0; from < count; from += AT_A_TIME) {
      screen.advanced("loading users", from, count);
      rows.update(
          USERS,
          tenant.id(),
          SampleUser.ID,
          SampleUser.USER_NAME,
          SampleUser.EXTERNAL_ID,
          SampleUser.EMAIL,
          SampleUser.ATTRIBUTES,
          from,
          Math.min(count, from + AT_A_TIME) - 1);
    }
    return this;
  }

  /** A group of the first users. */
  Population group(UUID id, String name, int members) {
    rows.update(GROUP, tenant.id(), id, name, members, name);
    rows.update(MEMBERS, tenant.id(), id, SampleUser.ID, members);
    return this;
  }

  /** What was asked about each of the first users, and what it changed: a few times each. */
  Population history(int users, int times) {
    for (int time = 0; time < times; time++) {
      screen.advanced("loading history", time, times);
      rows.update(JOURNAL, tenant.id(), users * time, SampleUser.ID, users);
      rows.update(REQUESTS, tenant.id(), SampleUser.ID, users);
    }
    return this;
  }

  /** Makes the totals right, and lets PostgreSQL know what it has. */
  void finish() {
    screen.waiting("analyzing", java.time.Duration.ZERO);
    rows.update(TOTALS, tenant.id());
    rows.update("VACUUM (ANALYZE) scim_user, scim_group, group_member, journal, request_log");
    rows.update("CHECKPOINT");
  }
}
