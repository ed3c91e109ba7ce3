package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All rows that a batch writes, at most one write per row however many commands touched it.
 *
 * @param tenants of which something changed
 * @param journal one entry per command that changed something
 */
public record BatchWrites(
    List<TenantTotals> tenants,
    List<Resource> inserted,
    List<Resource> updated,
    List<ResourceKey> deleted,
    List<BatchNeeds.Pair> membersAdded,
    List<BatchNeeds.Pair> membersRemoved,
    List<JournalEntry> journal,
    List<DueMark> due,
    Instant at) {

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

  public boolean isEmpty() {
    return journal.isEmpty();
  }
}
