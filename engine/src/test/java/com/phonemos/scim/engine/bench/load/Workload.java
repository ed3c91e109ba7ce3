package com.phonemos.scim.engine.bench.load;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.UUID;

/** What is done again and again while it is measured. Travels to the load process as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
public sealed interface Workload {

  /** Something asked of the SCIM endpoint; each connection has one request under way. */
  sealed interface Http extends Workload {
    /** Of the endpoint, on this machine. */
    int port();
  }

  /** Something asked of PostgreSQL by a plain client, without the engine. */
  sealed interface Sql extends Workload {
    /** {@code postgresql://user:password@host:port/database}. */
    String database();

    /** Connections to PostgreSQL, whatever the number of clients. */
    int pool();
  }

  /**
   * POST of full users, taking the tenants in turn.
   *
   * @param first serial number; each request takes the next
   */
  record CreateUsers(int port, List<String> tokens, long first) implements Http {}

  /**
   * GET, each time for another user.
   *
   * @param path below the base path, with {@code {n}} for a user's serial number
   * @param users from whose serial numbers, 0 to this, one is drawn
   */
  record Get(int port, String token, String path, int users) implements Http {}

  /**
   * GET of one page after the other, each connection from the first.
   *
   * @param path below the base path, with {@code {n}} for the index of the page's first resource
   * @param firstPage where the walk starts, from 0
   * @param pages after which it starts again
   * @param pageSize resources per page
   */
  record Walk(int port, String token, String path, int firstPage, int pages, int pageSize)
      implements Http {}

  /**
   * PATCH that adds a member to a group and, not counted, the one that takes it out again.
   *
   * @param firstUser serial number of the first user who is not a member
   */
  record AddMember(int port, String token, UUID group, long firstUser) implements Http {}

  /**
   * POST of an operator's question about a user and a group, each time of another user.
   *
   * @param port of the operators' API
   * @param users from whose serial numbers, 0 to this, one is drawn
   */
  record Explain(int port, String token, String tenant, String group, int users) implements Http {}

  /**
   * The calls that a push makes, without a push: POST of a user to Keycloak's administration and,
   * counted, PUT of its membership.
   *
   * @param token of a client that may do so
   * @param group id in Keycloak
   */
  record KeycloakUsers(int port, String realm, String token, UUID group, long first)
      implements Http {}

  /**
   * The rows that {@link CreateUsers} leaves behind, written one user at a time.
   *
   * @param oneStatement whether one statement writes them all; otherwise a transaction does, with a
   *     statement per table
   */
  record InsertUsers(
      String database, int pool, List<UUID> tenants, long first, boolean oneStatement)
      implements Sql {}

  /**
   * A SELECT by key, each time of another user.
   *
   * @param sql with the tenant as {@code $1} and the key as {@code $2}
   * @param key with {@code {n}} for a user's serial number
   * @param users from whose serial numbers, 0 to this, one is drawn
   */
  record Select(String database, int pool, UUID tenant, String sql, String key, int users)
      implements Sql {}
}
