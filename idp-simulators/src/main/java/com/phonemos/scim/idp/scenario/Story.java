package com.phonemos.scim.idp.scenario;

import com.phonemos.scim.idp.IdentityProvider;
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
public final class Story {
  private static final int HOURS = 8;
  private static final int HEALING_DAYS = 40;

  private final IdentityProvider provider;
  private final Directory directory;
  private final Consumer<CycleReport> heard;
  private final Day day;
  private final SplittableRandom random;

  /**
   * A story about this provider's directory.
   *
   * @param spec of the directory's company; its seed decides what happens
   * @param heard told after each step
   */
  public Story(IdentityProvider provider, CompanySpec spec, Consumer<CycleReport> heard) {
    this.provider = provider;
    this.directory = provider.directory();
    this.heard = heard;
    this.day = new Day(directory, spec, spec.seed());
    this.random = new SplittableRandom(spec.seed());
  }

  /** Sets the provider up, lets the scenario happen, and heals what may have failed. */
  public void tell(Scenario scenario) {
    setUp();
    happen(scenario);
    if (scenario.forgiving()) {
      heal();
    }
  }

  /** Sets the provider up: everyone and every group, once. */
  public void setUp() {
    provider.setUp().forEach(step -> heard.accept(step.get()));
  }

  /** What happens in a scenario after the set-up; one may follow on another. */
  public void happen(Scenario scenario) {
    switch (scenario) {
      case INITIAL -> {}
      case DAY -> workingDay();
      case LEAVERS -> leavers();
      case REORG -> reorg();
      case CHAOS -> {
        workingDay();
        workingDay();
      }
    }
  }

  private void follow() {
    heard.accept(provider.follow());
  }

  private void workingDay() {
    for (int hour = 0; hour < HOURS; hour++) {
      day.hour(hour);
      follow();
    }
  }

  private void leavers() {
    List<PersonState> leavers =
        directory.people().stream()
            .filter(PersonState::inScope)
            .filter(person -> random.nextInt(3) == 0)
            .toList();
    leavers.forEach(person -> directory.person(person.person().id()).leave());
    follow();
    leavers.stream()
        .filter(person -> random.nextInt(4) == 0)
        .forEach(person -> directory.person(person.person().id()).comeBack());
    follow();
    recycleBinIsEmptied();
    follow();
  }

  /** Day after day, because what failed is tried again meanwhile. */
  private void recycleBinIsEmptied() {
    directory.clock().advance(Duration.ofHours(1));
    for (long day = 0; day < Directory.RECYCLE_BIN.toDays(); day++) {
      if (provider.ailing()) {
        heard.accept(provider.heal());
      } else {
        directory.clock().advance(Duration.ofDays(1));
      }
    }
  }

  private void reorg() {
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
    follow();
  }

  /** The identity provider's own retries must be enough; their number is bounded. */
  public void heal() {
    for (int i = 0; i < HEALING_DAYS && provider.ailing(); i++) {
      heard.accept(provider.heal());
    }
  }
}
