package com.phonemos.scim.idp.entra;

import com.phonemos.scim.idp.cycle.CycleLog;
import com.phonemos.scim.idp.cycle.SimulationClock;
import com.phonemos.scim.idp.cycle.Workers;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import com.phonemos.scim.idp.entra.MemberProvisioning.Step;
import com.phonemos.scim.idp.wire.ScimClient;
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
  private final EntraMapping mapping;
  private final boolean groupsEnabled;
  private final UserProvisioning users;
  private final GroupProvisioning groups;
  private final MemberProvisioning members;
  private final EntraWire wire;

  EntraCycle(
      ScimClient client,
      SimulationClock clock,
      Quarantine quarantine,
      Escrow escrow,
      EntraView view,
      EntraOptions options) {
    this.workers = new Workers(options.parallel(), options.progress());
    this.clock = clock;
    this.quarantine = quarantine;
    this.escrow = escrow;
    this.mapping = new EntraMapping(options.mapping());
    this.groupsEnabled = options.groups();
    this.wire = new EntraWire(client, clock, quarantine, options.throttling());
    EntraPatch patch = new EntraPatch(options.shape());
    this.users = new UserProvisioning(wire, view, mapping, patch);
    this.groups = new GroupProvisioning(wire, view, patch);
    this.members = new MemberProvisioning(wire, view, options);
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
      Map<String, PersonState> everyone) {}

  EntraWire wire() {
    return wire;
  }

  UserProvisioning users() {
    return users;
  }

  GroupProvisioning groups() {
    return groups;
  }

  MemberProvisioning members() {
    return members;
  }

  EntraMapping mapping() {
    return mapping;
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
      workers.forEach("memberships", steps, quarantine::tripped, step -> member(step, log));
    }
    if (mapping.managers()) {
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
      quarantine.succeeded();
      items.forEach(escrow::succeeded);
    } catch (ObjectFailed failure) {
      items.forEach(item -> failed(item, failure, log));
    }
  }

  /** Something that can fail for one object. */
  interface Attempt {
    void run() throws ObjectFailed;
  }

  /** Tries, and puts the object into escrow if that fails [D E4]. */
  void attempt(Escrow.Item item, CycleLog log, Attempt attempt) {
    try {
      attempt.run();
      quarantine.succeeded();
      escrow.succeeded(item);
    } catch (ObjectFailed failure) {
      failed(item, failure, log);
    }
  }

  private void failed(Escrow.Item item, ObjectFailed failure, CycleLog log) {
    quarantine.failed(clock.instant());
    escrow.failed(item, clock.instant());
    log.problem(item.toString(), String.valueOf(failure.getMessage()));
  }
}
