package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All rows that a batch writes, at most one write per row however many commands touched it.
 *
 * @param tenants of which something changed
 * @param nested the tenants that have, or get, a group inside a group
 * @param journal one entry per command that changed something
 */
public record BatchWrites(
    List<TenantTotals> tenants,
    List<Resource> inserted,
    List<Resource> updated,
    List<ResourceKey> deleted,
    List<Edge> membersAdded,
    List<Edge> membersRemoved,
    Set<TenantId> nested,
    List<JournalEntry> journal,
    List<DueMark> due,
    Instant at) {

  /** A membership that begins or ends. */
  public record Edge(TenantId tenant, UUID group, UUID member, ResourceType type) {}

  /** The tenant's last revision, and by how much its numbers of resources changed. */
  public record TenantTotals(TenantId id, long revision, int users, int groups) {}

  /**
   * One committed mutation, attribute by attribute.
   *
   * @param before JSON of the attributes that changed, as they were; empty for a create
   * @param after JSON of the same, as they are; empty for a delete
   */
  public record JournalEntry(
      ResourceKey key,
      long revision,
      UUID actor,
      String requestId,
      String operation,
      Optional<String> before,
      Optional<String> after) {}

  /** A resource or membership whose state in Keycloak may now differ. */
  public record DueMark(TenantId tenant, DueKind kind, UUID id, UUID group, Priority priority) {
    /** In the order in which the push takes them. */
    public enum Priority {
      LOSS_OF_ACCESS(0),
      GROUP(1),
      USER(2),
      MEMBERSHIP(3);

      private final short rank;

      Priority(int rank) {
        this.rank = (short) rank;
      }

      short rank() {
        return rank;
      }
    }

    public static DueMark user(TenantId tenant, UUID id, Priority priority) {
      return new DueMark(tenant, DueKind.USER, id, Claim.NO_GROUP, priority);
    }

    public static DueMark group(TenantId tenant, UUID id, Priority priority) {
      return new DueMark(tenant, DueKind.GROUP, id, Claim.NO_GROUP, priority);
    }

    public static DueMark membership(TenantId tenant, UUID group, UUID user, Priority priority) {
      return new DueMark(tenant, DueKind.MEMBERSHIP, user, group, priority);
    }
  }

  /** Those edges of whose tenants a group may be inside another. */
  List<Edge> nested(List<Edge> edges) {
    return nested.isEmpty()
        ? List.of()
        : edges.stream().filter(edge -> nested.contains(edge.tenant())).toList();
  }

  public boolean isEmpty() {
    return journal.isEmpty();
  }
}
