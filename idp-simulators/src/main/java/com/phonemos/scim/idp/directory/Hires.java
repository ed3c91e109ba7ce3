package com.phonemos.scim.idp.directory;

/** Makes up people who join a company later, with names that nobody there has. */
public final class Hires {
  private final CompanyGenerator generator;
  private final Directory directory;
  private int hired;

  /** Newcomers to this directory; the specification's seed decides who they are. */
  public Hires(CompanySpec spec, Directory directory) {
    // Another seed than the company's: its people are there already.
    this.generator =
        new CompanyGenerator(
            new CompanySpec(
                ~spec.seed(),
                spec.users(),
                spec.groups(),
                spec.membershipsPerUser(),
                spec.domain()));
    this.directory = directory;
    directory
        .people()
        .forEach(state -> {
          generator.take(state.person().userName());
          state.person().email().ifPresent(generator::take);
        });
  }

  /** Hires one more person. */
  public PersonEntry next() {
    hired++;
    return directory.hire(generator.newcomer(directory.people().size() + hired));
  }
}
