package com.phonemos.scim.conformance.suite;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The cases of one section of a document, in the order they are written. */
public final class Section {
  private final String path;
  private final String title;
  private final Profile profile;
  private final Set<Feature> needs;
  private final List<Case> cases = new ArrayList<>();

  private Section(String path, String title, Profile profile, Set<Feature> needs) {
    this.path = path;
    this.title = title;
    this.profile = profile;
    this.needs = needs;
  }

  /**
   * A section of the standard.
   *
   * @param path such as {@code rfc7644/3.5.2.1}
   * @param needs what every case of it needs
   */
  public static Section rfc(String path, String title, Feature... needs) {
    return of(Profile.RFC, path, title, needs);
  }

  /** A section of another document. */
  public static Section of(Profile profile, String path, String title, Feature... needs) {
    return new Section(path, title, profile, Set.of(needs));
  }

  /** A case at the level MUST. */
  public Draft must(String name) {
    return new Draft(Level.MUST, name);
  }

  /** A case at the level SHOULD. */
  public Draft should(String name) {
    return new Draft(Level.SHOULD, name);
  }

  /** A case at the level MAY. */
  public Draft may(String name) {
    return new Draft(Level.MAY, name);
  }

  /** All of them. */
  public List<Case> cases() {
    return List.copyOf(cases);
  }

  /** A case that is being written. */
  public final class Draft {
    private final Level level;
    private final String name;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private String clause = "";
    private String sent = "";
    private String required = "";

    private Draft(Level level, String name) {
      this.level = level;
      this.name = name;
      this.features.addAll(needs);
    }

    /** The sentence that asks for it. */
    public Draft clause(String sentence) {
      clause = sentence;
      return this;
    }

    /** What is sent. */
    public Draft sends(String words) {
      sent = words;
      return this;
    }

    /** What must happen. */
    public Draft requires(String words) {
      required = words;
      return this;
    }

    /** What it needs beside the section's needs. */
    public Draft needs(Feature... more) {
      features.addAll(Set.of(more));
      return this;
    }

    /** Ends the case. */
    public Section run(Case.Body body) {
      cases.add(
          new Case(
              path + "/" + name,
              title,
              profile,
              level,
              clause,
              sent,
              required,
              Set.copyOf(features),
              body));
      return Section.this;
    }
  }
}
