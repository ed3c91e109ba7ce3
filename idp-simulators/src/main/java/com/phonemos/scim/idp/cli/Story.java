package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.directory.GroupState;
import com.phonemos.scim.idp.directory.PersonState;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Tells a scenario: lets things happen in the directory and the provider follow. */
final class Story {
  private static final int HOURS = 8;
  private static final int HEALING_DAYS = 40;

  private final Provider provider;
  private final Directory directory;
  private final Run run;
  private final Day day;
  private final SplittableRandom random;

  Story(Provider provider, Run run, CompanySpec spec) {
    this.provider = provider;
    this.directory = provider.directory();
    this.run = run;
    this.day = new Day(directory, spec, spec.seed());
    this.random = new SplittableRandom(spec.seed());
  }

  void tell(Scenario scenario) {
    Consumer<CycleReport> report = scenario == Scenario.CHAOS ? run::note : run::report;
    provider.begin().forEach(step -> report.accept(step.get()));
    switch (scenario) {
      case INITIAL -> {}
      case DAY -> workingDay(report);
      case LEAVERS -> leavers(report);
      case REORG -> reorg(report);
      case CHAOS -> {
        workingDay(report);
        workingDay(report);
        heal();
      }
    }
  }

  private void workingDay(Consumer<CycleReport> report) {
    for (int hour = 0; hour < HOURS; hour++) {
      day.hour(hour);
      report.accept(provider.follow());
    }
  }

  private void leavers(Consumer<CycleReport> report) {
    List<PersonState> leavers =
        directory.people().stream().filter(person -> random.nextInt(3) == 0).toList();
    leavers.forEach(person -> directory.person(person.person().id()).leave());
    report.accept(provider.follow());
    leavers.stream()
        .filter(person -> random.nextInt(4) == 0)
        .forEach(person -> directory.person(person.person().id()).comeBack());
    report.accept(provider.follow());
    directory.clock().advance(Directory.RECYCLE_BIN.plus(Duration.ofHours(1)));
    report.accept(provider.follow());
  }

  private void reorg(Consumer<CycleReport> report) {
    List<GroupState> groups = directory.groups().stream().filter(GroupState::inScope).toList();
    for (int i = 0; i < groups.size(); i++) {
      GroupState from = groups.get(i);
      GroupState to = groups.get((i + 1) % groups.size());
      switch (i % 4) {
        case 0 -> directory.group(from.id()).rename(from.displayName() + " & Friends");
        case 1 -> {
          from.members().forEach(person -> directory.group(to.id()).add(person));
          directory.group(from.id()).delete();
        }
        default ->
            from.members().stream()
                .filter(person -> random.nextBoolean())
                .forEach(person -> {
                  directory.group(from.id()).remove(person);
                  directory.group(to.id()).add(person);
                });
      }
    }
    report.accept(provider.follow());
  }

  /** The identity provider's own retries must be enough; their number is bounded. */
  private void heal() {
    for (int i = 0; i < HEALING_DAYS && provider.ailing(); i++) {
      run.note(provider.heal());
    }
    if (provider.ailing()) {
      run.fail("The identity provider still sees errors");
    }
  }
}
