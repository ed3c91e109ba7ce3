package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.RequestFailed;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.cycle.Tasks.Task;
import com.phonemos.scim.idp.cycle.Workers;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.entra.MemberProvisioning.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The phases of a cycle: users, then groups, then references [D E3], each concurrent [I]. */
final class EntraCycle {
  private final Workers workers;
  private final SimulationClock clock;
  private final Quarantine quarantine;
  private final Escrow escrow;
  private final boolean groupsEnabled;
  private final boolean managersEnabled;
  private final int memberConcurrency;
  private final UserProvisioning users;
  private final GroupProvisioning groups;
  private final MemberProvisioning members;

  EntraCycle(
      EntraWire wire,
      Workers workers,
      SimulationClock clock,
      Quarantine quarantine,
      Escrow escrow,
      EntraView view,
      EntraMapping mapping,
      EntraOptions options) {
    this.workers = workers;
    this.clock = clock;
    this.quarantine = quarantine;
    this.escrow = escrow;
    this.groupsEnabled = options.scope().groups();
    this.managersEnabled = mapping.managers();
    this.memberConcurrency = options.rules().memberConcurrency();
    EntraPatch patch = new EntraPatch(options.shape());
    this.users = new UserProvisioning(wire, view, mapping, patch, options);
    this.groups = new GroupProvisioning(wire, view, mapping, patch);
    this.members = new MemberProvisioning(wire, view, patch, options.shape());
  }

  /**
   * What a cycle works on.
   *
   * @param users people to provision
   * @param groups groups to provision
   * @param memberGroups groups whose members are to be compared
   * @param everyone everyone in the directory, by identifier
   */
  record Work(
      Collection<PersonState> users,
      Collection<GroupState> groups,
      Collection<GroupState> memberGroups,
      Map<String, PersonState> everyone) {
    /** Whether there is nothing to do. */
    boolean isEmpty() {
      return users.isEmpty() && groups.isEmpty() && memberGroups.isEmpty();
    }
  }

  /** Runs all phases; ends early when the job is put into quarantine. */
  void run(Work work, CycleLog log) {
    workers.forEach(
        "users",
        work.users(),
        quarantine::tripped,
        person ->
            attempt(new Escrow.User(person.person().id()), log, () -> users.provision(person)));
    if (groupsEnabled) {
      workers.forEach(
          "groups",
          work.groups(),
          quarantine::tripped,
          group -> attempt(new Escrow.Group(group.id()), log, () -> groups.provision(group)));
      Set<Escrow.Member> pending = new HashSet<>();
      List<Step> steps = members.plan(work.memberGroups(), work.everyone(), pending::add);
      Instant now = clock.instant();
      pending.forEach(member -> escrow.failed(member, now));
      workers.forEach(
          "memberships",
          steps,
          Step::groupId,
          memberConcurrency,
          quarantine::tripped,
          step -> member(step, log));
    }
    if (managersEnabled) {
      workers.forEach(
          "managers",
          work.users(),
          quarantine::tripped,
          person ->
              attempt(new Escrow.Manager(person.person().id()), log, () -> users.manager(person)));
    }
  }

  private void member(Step step, CycleLog log) {
    List<Escrow.Member> items =
        step.personIds().stream().map(id -> new Escrow.Member(step.groupId(), id)).toList();
    try {
      members.send(step);
      items.forEach(escrow::succeeded);
    } catch (RequestFailed failure) {
      items.forEach(item -> failed(item, failure, log));
    }
  }

  /** Tries, and puts the object into escrow if that fails [D E4]. */
  private void attempt(Escrow.Item item, CycleLog log, Task task) {
    try {
      task.run();
      if (!item.reference()) {
        quarantine.succeeded();
      }
      escrow.succeeded(item);
    } catch (RequestFailed failure) {
      failed(item, failure, log);
    }
  }

  private void failed(Escrow.Item item, RequestFailed failure, CycleLog log) {
    if (item.reference()) {
      quarantine.referenceFailed();
    } else {
      quarantine.failed();
    }
    escrow.failed(item, clock.instant());
    log.problem(item.toString(), failure.reason());
  }
}
