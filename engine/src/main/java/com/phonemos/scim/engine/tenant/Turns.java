package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.scim.resource.TenantId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of one shard and whose turn it is. Every batch takes from all tenants that wait,
 * each an equal share first and the rest in order of arrival, so that a busy tenant fills a batch
 * alone but never keeps another one out.
 */
final class Turns {
  /** After so many turns a tenant that another process holds is waited for, alone. */
  private static final int PATIENCE = 3;

  private final int mailboxLimit;
  private final int batchLimit;

  /** Only tenants with waiting commands, the longest unserved first. */
  private final Map<TenantId, Mailbox> mailboxes = new LinkedHashMap<>();

  private int size;

  Turns(int mailboxLimit, int batchLimit) {
    this.mailboxLimit = mailboxLimit;
    this.batchLimit = batchLimit;
  }

  boolean offer(Mailbox.Waiting waiting) {
    TenantId tenant = waiting.command().tenant();
    boolean taken =
        mailboxes.computeIfAbsent(tenant, absent -> new Mailbox(mailboxLimit)).offer(waiting);
    size += taken ? 1 : 0;
    return taken;
  }

  /** The next batch: commands of one tenant are in order, and contiguous. */
  List<Mailbox.Waiting> next() {
    mailboxes.values().removeIf(Mailbox::isEmpty);
    List<Mailbox.Waiting> batch = new ArrayList<>();
    Mailbox urgent = passedOverTooOften();
    if (urgent != null) {
      urgent.take(batchLimit, batch);
    } else {
      int share = Math.max(1, batchLimit / Math.max(1, mailboxes.size()));
      int left = batchLimit;
      for (Mailbox mailbox : mailboxes.values()) {
        left -= mailbox.take(Math.min(share, left), batch);
      }
    }
    size -= batch.size();
    return batch;
  }

  /** The tenants of a committed batch go to the end of the line. */
  void served(Iterable<TenantId> tenants) {
    for (TenantId tenant : tenants) {
      Mailbox mailbox = mailboxes.remove(tenant);
      if (mailbox != null) {
        mailbox.served();
        mailboxes.put(tenant, mailbox);
      }
    }
  }

  /** Commands whose tenant was held by another process keep their place. */
  void passedOver(TenantId tenant, List<Mailbox.Waiting> commands) {
    Mailbox mailbox = mailboxes.computeIfAbsent(tenant, absent -> new Mailbox(mailboxLimit));
    mailbox.putBack(commands);
    mailbox.passedOver();
    size += commands.size();
  }

  /** Everything that waits, taken out. */
  List<Mailbox.Waiting> drain() {
    List<Mailbox.Waiting> all = new ArrayList<>();
    for (Iterator<Mailbox> each = mailboxes.values().iterator(); each.hasNext(); each.remove()) {
      each.next().take(Integer.MAX_VALUE, all);
    }
    size = 0;
    return all;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  private @Nullable Mailbox passedOverTooOften() {
    for (Mailbox mailbox : mailboxes.values()) {
      if (mailbox.turnsPassedOver() >= PATIENCE && !mailbox.isEmpty()) {
        return mailbox;
      }
    }
    return null;
  }
}
