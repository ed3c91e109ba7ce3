package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.ResourceKey;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.BatchNeeds;
import com.phonemos.scim.engine.store.BatchRows;
import com.phonemos.scim.engine.store.BatchWrites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The commands of several tenants, decided in order on what was loaded: what to write, and what to
 * answer once it is committed. A pure function of its input.
 *
 * @param replies one per command, in order; absent where the tenant was locked by another process
 */
record Batch(BatchWrites writes, List<Optional<Reply>> replies) {

  static Batch decide(List<Command> commands, BatchRows rows, Instant now) {
    Map<TenantId, TenantState> states = states(rows, now);
    List<Optional<Reply>> replies = new ArrayList<>(commands.size());
    BatchJournal journal = new BatchJournal();
    for (Command command : commands) {
      TenantState state = states.get(command.key().tenant());
      replies.add(state == null ? Optional.empty() : Optional.of(run(command, state, journal)));
    }
    return new Batch(BatchDiff.of(states.values(), rows, journal, now), replies);
  }

  private static Reply run(Command command, TenantState state, BatchJournal journal) {
    try {
      Optional<Change> change = new Decision(state).decide(command);
      change.ifPresent(decided -> {
        state.apply(decided);
        journal.add(command, decided, state.revision());
      });
      return change
          .<Optional<Resource>>map(Change::after)
          .orElseGet(() -> state.find(command.key()))
          .<Reply>map(Reply.Written::new)
          .orElseGet(Reply.Deleted::new);
    } catch (ScimException rejection) {
      return new Reply.Rejected(rejection.error());
    }
  }

  private static Map<TenantId, TenantState> states(BatchRows rows, Instant now) {
    Map<TenantId, TenantState> states = new HashMap<>();
    rows.revisions()
        .forEach((tenant, revision) -> states.put(tenant, new TenantState(tenant, revision, now)));
    rows.resources().forEach(resource -> with(states, resource.key().tenant(), resource));
    rows.holders()
        .forEach((BatchNeeds.Name name, UUID holder) ->
            state(states, name.tenant()).ifPresent(state -> state.loadHolder(name, holder)));
    rows.users()
        .forEach((ResourceKey user) ->
            state(states, user.tenant()).ifPresent(state -> state.loadUser(user.id())));
    rows.memberships()
        .forEach(pair ->
            state(states, pair.tenant())
                .ifPresent(state -> state.loadMembership(pair.group(), pair.member())));
    return states;
  }

  private static void with(Map<TenantId, TenantState> states, TenantId tenant, Resource resource) {
    state(states, tenant).ifPresent(state -> state.load(resource));
  }

  private static Optional<TenantState> state(Map<TenantId, TenantState> states, TenantId tenant) {
    return Optional.ofNullable(states.get(tenant));
  }
}
