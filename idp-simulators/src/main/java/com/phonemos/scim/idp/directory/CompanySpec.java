package com.phonemos.scim.idp.directory;

/**
 * How big a generated company is.
 *
 * @param seed decides every name; the same seed makes the same company
 * @param users people
 * @param groups groups
 * @param membershipsPerUser groups each person is in; bounded by the number of groups
 * @param domain the domain of user names and e-mail addresses
 */
public record CompanySpec(long seed, int users, int groups, int membershipsPerUser, String domain) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public CompanySpec {
    if (users < 0 || groups < 0 || membershipsPerUser < 0) {
      throw new IllegalArgumentException(
          "Expected numbers that are not negative, but got a negative one");
    }
  }

  /** A company in the domain {@code contoso.example}. */
  public CompanySpec(long seed, int users, int groups, int membershipsPerUser) {
    this(seed, users, groups, membershipsPerUser, "contoso.example");
  }

  /** The same company in another domain. */
  public CompanySpec in(String otherDomain) {
    return new CompanySpec(seed, users, groups, membershipsPerUser, otherDomain);
  }
}
