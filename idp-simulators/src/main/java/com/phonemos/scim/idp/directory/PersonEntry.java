package com.phonemos.scim.idp.directory;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** A person in a directory, and what can happen to them. Every verb returns this entry. */
public final class PersonEntry {
  private final Directory directory;
  private PersonState state;

  PersonEntry(Directory directory, Person person) {
    this.directory = directory;
    this.state = new PersonState(person, true, true, Optional.empty(), false);
  }

  /** The person at this moment. */
  public PersonState state() {
    return directory.read(() -> state);
  }

  /** The directory's identifier of the person. */
  public String id() {
    return state().person().id();
  }

  /** Changes any attributes; the identifier must stay. */
  public PersonEntry edit(UnaryOperator<Person> change) {
    return become(now ->
        new PersonState(
            change.apply(now.person()),
            now.assigned(),
            now.enabled(),
            now.deletedAt(),
            now.purged()));
  }

  /** Changes the names, the display name included. */
  public PersonEntry rename(String given, String family) {
    return edit(person -> person.named(given, family, given + " " + family));
  }

  /** Changes the sign-in name. */
  public PersonEntry changeUserName(String userName) {
    return edit(person -> person.signingInAs(userName));
  }

  /** Changes the e-mail address. */
  public PersonEntry changeEmail(String address) {
    return edit(person -> person.reachedAt(Optional.of(address)));
  }

  /** Takes the e-mail address away. */
  public PersonEntry clearEmail() {
    return edit(person -> person.reachedAt(Optional.empty()));
  }

  /** Gives the person the application. */
  public PersonEntry assign() {
    return become(now -> with(now, true, now.enabled()));
  }

  /** Takes the application away from the person. */
  public PersonEntry unassign() {
    return become(now -> with(now, false, now.enabled()));
  }

  /** Blocks the person's sign-in. */
  public PersonEntry disable() {
    return become(now -> with(now, now.assigned(), false));
  }

  /** Lifts the block. */
  public PersonEntry enable() {
    return become(now -> with(now, now.assigned(), true));
  }

  /** The person leaves the company: into the recycle bin, group memberships are kept there. */
  public PersonEntry leave() {
    return become(now ->
        new PersonState(
            now.person(),
            now.assigned(),
            now.enabled(),
            Optional.of(directory.clock().instant()),
            now.purged()));
  }

  /**
   * The person comes back out of the recycle bin.
   *
   * @throws IllegalStateException if the person was purged
   */
  public PersonEntry comeBack() {
    return become(now -> {
      if (now.purged()) {
        throw new IllegalStateException(
            "Expected a person who can come back, but got a purged one");
      }
      return new PersonState(now.person(), now.assigned(), now.enabled(), Optional.empty(), false);
    });
  }

  /** Removes the person for good, as an administrator can do before the 30 days are over. */
  public PersonEntry purge() {
    return become(now ->
        new PersonState(
            now.person(),
            now.assigned(),
            now.enabled(),
            Optional.of(now.deletedAt().orElseGet(() -> directory.clock().instant())),
            true));
  }

  private PersonEntry become(UnaryOperator<PersonState> step) {
    directory.change(id(), () -> state = step.apply(state));
    return this;
  }

  private static PersonState with(PersonState now, boolean assigned, boolean enabled) {
    return new PersonState(now.person(), assigned, enabled, now.deletedAt(), now.purged());
  }
}
