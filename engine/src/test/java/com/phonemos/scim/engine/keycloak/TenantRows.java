package com.phonemos.scim.engine.keycloak;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Writes a tenant's rows and marks them due, as the write path does. */
public final class TenantRows implements AutoCloseable {
  private static final UUID NIL = new UUID(0, 0);

  private static final String MARK =
      """
      INSERT INTO due (tenant_id, kind, id, group_id, priority, marked_at, due_at)
      VALUES (?, ?, ?, ?, ?, now(), now())
      ON CONFLICT (tenant_id, kind, id, group_id) DO UPDATE SET
        priority = least(due.priority, excluded.priority), cause = 'change',
        generation = due.generation + 1, attempts = 0, reason = NULL,
        due_at = CASE WHEN due.reason IS NULL
          THEN least(due.due_at, excluded.due_at + interval '60 seconds')
          ELSE excluded.due_at END
      """;

  private final Connection connection;
  private final TenantId tenant;

  public TenantRows(String databaseUri, TenantId tenant) {
    this.connection = connect(databaseUri);
    this.tenant = tenant;
  }

  public TenantId tenant() {
    return tenant;
  }

  /** One statement; parameters by position. */
  public void execute(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** A new user whose work address is {@code name@example.com}. */
  public UUID createUser(String name) {
    UUID id = UUID.randomUUID();
    putUser(id, name, true, 2);
    return id;
  }

  /** A user as JSON. */
  public UUID createUserAs(String json) {
    UUID id = UUID.randomUUID();
    putUserAs(id, id.toString(), json, true, 2);
    return id;
  }

  /** Replaces a user, and marks it with {@code priority}. */
  public void putUser(UUID id, String name, boolean active, int priority) {
    String json =
        """
        {"userName": "%1$s", "externalId": "ext-%1$s", "displayName": "The %1$s",
         "name": {"givenName": "Given %1$s", "familyName": "Family"}, "active": %2$s,
         "emails": [{"value": "%1$s@example.com", "type": "work", "primary": true}]}
        """
            .formatted(name, active);
    putUserAs(id, name.toLowerCase(Locale.ROOT), json, active, priority);
  }

  /** Replaces a user by what is in {@code json}. */
  public void putUserAs(UUID id, String key, String json, boolean active, int priority) {
    execute(
        """
        INSERT INTO scim_user
          (tenant_id, id, user_name_key, active, email_keys, resource, revision, created, modified)
        VALUES (?, ?, ?, ?, '{}', ?::jsonb, 1, now(), now())
        ON CONFLICT (tenant_id, id) DO UPDATE SET
          user_name_key = excluded.user_name_key, active = excluded.active,
          resource = excluded.resource
        """,
        tenant.value(),
        id,
        key,
        active,
        json);
    mark("USER", id, NIL, priority);
  }

  public void deactivate(UUID user, String name) {
    putUser(user, name, false, 0);
  }

  public void reactivate(UUID user, String name) {
    putUser(user, name, true, 2);
  }

  public void deleteUser(UUID user) {
    for (UUID group : uuids("SELECT group_id FROM group_member WHERE member_id = ?", user)) {
      removeMember(group, user);
    }
    execute("DELETE FROM scim_user WHERE tenant_id = ? AND id = ?", tenant.value(), user);
    mark("USER", user, NIL, 0);
  }

  public UUID createGroup(String name) {
    UUID id = UUID.randomUUID();
    putGroup(id, name);
    return id;
  }

  public void putGroup(UUID id, String name) {
    execute(
        """
        INSERT INTO scim_group
          (tenant_id, id, display_name_key, member_count, resource, revision, created, modified)
        VALUES (?, ?, ?, 0, jsonb_build_object('displayName', ?::text), 1, now(), now())
        ON CONFLICT (tenant_id, id) DO UPDATE SET
          display_name_key = excluded.display_name_key, resource = excluded.resource
        """,
        tenant.value(),
        id,
        name.toLowerCase(Locale.ROOT),
        name);
    mark("GROUP", id, NIL, 1);
  }

  public void deleteGroup(UUID group) {
    for (UUID member : uuids("SELECT member_id FROM group_member WHERE group_id = ?", group)) {
      removeMember(group, member);
    }
    execute("DELETE FROM scim_group WHERE tenant_id = ? AND id = ?", tenant.value(), group);
    mark("GROUP", group, NIL, 0);
  }

  public void addMember(UUID group, UUID user) {
    execute(
        "INSERT INTO group_member VALUES (?, ?, ?, 'User') ON CONFLICT DO NOTHING",
        tenant.value(),
        group,
        user);
    mark("MEMBERSHIP", user, group, 3);
  }

  public void removeMember(UUID group, UUID user) {
    execute(
        "DELETE FROM group_member WHERE tenant_id = ? AND group_id = ? AND member_id = ?",
        tenant.value(),
        group,
        user);
    mark("MEMBERSHIP", user, group, 0);
  }

  public void mark(String kind, UUID id, UUID group, int priority) {
    execute(MARK, tenant.value(), kind, id, group, priority);
  }

  /** Rows that are due, claimed, or back off. */
  public long due() {
    return number("SELECT count(*) FROM due WHERE tenant_id = ? AND due_at < 'infinity'");
  }

  public List<String> givenUp() {
    return texts("SELECT reason FROM due WHERE tenant_id = ? AND due_at = 'infinity'");
  }

  public List<String> reasons() {
    return texts("SELECT reason FROM due WHERE tenant_id = ? AND reason IS NOT NULL");
  }

  public List<String> texts(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant.value());
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public long number(String sql) {
    return Long.parseLong(texts(sql).getFirst());
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<UUID> uuids(String sql, UUID parameter) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<UUID> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getObject(1, UUID.class));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static Connection connect(String databaseUri) {
    URI uri = URI.create(databaseUri);
    String[] account = uri.getUserInfo().split(":", 2);
    String address = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
    try {
      return DriverManager.getConnection(address, account[0], account[1]);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
