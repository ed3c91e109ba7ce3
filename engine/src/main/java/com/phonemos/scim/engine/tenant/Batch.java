package com.phonemos.scim.engine.tenant;

import com.phonemos.scim.engine.bus.Command;
import com.phonemos.scim.engine.bus.Reply;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.resource.Resource;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.store.BatchRows;
import com.phonemos.scim.engine.store.BatchWrites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The commands of several tenants, decided in order on what was loaded: what to write, and what to
 * answer once it is committed. A pure function of its input.
 *
 * @param replies one per command, in order; absent where the tenant was locked by another process
 */
record Batch(BatchWrites writes, List<Optional<Reply>> replies) {
  private static final ScimError UNRESOLVED =
      ScimError.of(
          409, "Expected every bulkId to be resolved, but the operation of one was refused");

  static Batch decide(List<Command> commands, BatchRows rows, Instant now) {
    Map<TenantId, TenantState> states = states(rows, now);
    List<Optional<Reply>> replies = new ArrayList<>(commands.size());
    BatchJournal journal = new BatchJournal();
    for (Command command : commands) {
      TenantState state = states.get(command.tenant());
      replies.add(state == null ? Optional.empty() : Optional.of(run(command, state, journal)));
    }
    return new Batch(BatchDiff.of(states.values(), rows, journal, now), replies);
  }

  private static Reply run(Command command, TenantState state, BatchJournal journal) {
    return switch (command) {
      case Command.Mutation mutation -> run(mutation, state, journal);
      case Command.Bulk bulk -> run(bulk, state, journal);
    };
  }

  private static Reply run(Command.Mutation mutation, TenantState state, BatchJournal journal) {
    try {
      Decided decided = new Decision(state).decide(mutation);
      decided
          .change()
          .ifPresent(change -> {
            state.apply(change);
            journal.add(mutation, change, state.revision());
          });
      return decided
          .resource()
          .<Reply>map(one -> decided.creates() ? new Reply.Created(one) : new Reply.Written(one))
          .orElseGet(Reply.Deleted::new);
    } catch (ScimException rejection) {
      return new Reply.Rejected(rejection.error());
    }
  }

  private static Reply run(Command.Bulk bulk, TenantState state, BatchJournal journal) {
    List<Optional<Reply>> replies = new ArrayList<>(bulk.steps().size());
    int refused = 0;
    for (Command.Bulk.Step step : bulk.steps()) {
      if (bulk.failOnErrors() > 0 && refused >= bulk.failOnErrors()) {
        replies.add(Optional.empty());
        continue;
      }
      Reply reply =
          switch (step) {
            case Command.Bulk.Step.Refused impossible -> new Reply.Rejected(impossible.error());
            case Command.Bulk.Step.Run run when run.needs().stream().anyMatch(lost(replies)) ->
                new Reply.Rejected(UNRESOLVED);
            case Command.Bulk.Step.Run run -> run(run.mutation(), state, journal);
          };
      refused += reply instanceof Reply.Rejected ? 1 : 0;
      replies.add(Optional.of(reply));
    }
    return new Reply.Bulk(replies);
  }

  /** Only what was created has the id by which others were told to know it. */
  private static Predicate<Integer> lost(List<Optional<Reply>> replies) {
    return place -> !(replies.get(place).orElse(null) instanceof Reply.Created);
  }

  private static Map<TenantId, TenantState> states(BatchRows rows, Instant now) {
    Map<TenantId, TenantState> states = new HashMap<>();
    rows.tenants()
        .forEach((tenant, locked) -> states.put(tenant, new TenantState(tenant, locked, now)));
    for (Resource resource : rows.resources()) {
      state(states, resource.key().tenant()).ifPresent(state -> state.load(resource));
    }
    rows.holders()
        .forEach((name, holder) ->
            state(states, name.tenant()).ifPresent(state -> state.loadHolder(name, holder)));
    rows.unanswered()
        .forEach((key, create) ->
            state(states, key.tenant()).ifPresent(state -> state.loadUnanswered(key, create)));
    rows.existing()
        .forEach((member, known) ->
            state(states, member.tenant()).ifPresent(state -> state.load(member.id(), known)));
    for (BatchRows.Member member : rows.members()) {
      state(states, member.tenant()).ifPresent(state -> state.load(member));
    }
    rows.differences()
        .forEach((group, difference) ->
            state(states, group.tenant())
                .ifPresent(state -> state.memberships().load(group.id(), difference)));
    return states;
  }

  private static Optional<TenantState> state(Map<TenantId, TenantState> states, TenantId tenant) {
    return Optional.ofNullable(states.get(tenant));
  }
}
