package com.phonemos.scim.idp.verify;

import com.phonemos.scim.idp.wire.AttributePath;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an endpoint should hold.
 *
 * @param users all users
 * @param groups all groups
 */
public record Expectation(List<User> users, List<Group> groups) {
  /**
   * A user.
   *
   * @param userName compared whatever its letter case, as RFC 7643 §4.1.1 has it
   * @param active whether the account is switched on
   * @param attributes values that must be there exactly; others may be there too
   */
  public record User(String userName, boolean active, Map<AttributePath, String> attributes) {}

  /**
   * A group.
   *
   * @param displayName compared exactly
   * @param members user names of the members, all and no more
   */
  public record Group(String displayName, Set<String> members) {}
}
