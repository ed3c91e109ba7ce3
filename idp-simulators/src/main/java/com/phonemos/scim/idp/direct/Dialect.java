package com.phonemos.scim.idp.direct;

import com.phonemos.scim.idp.directory.Person;
import com.phonemos.scim.idp.wire.AttributePath;
import com.phonemos.scim.idp.wire.HeaderLayout;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one identity provider sends for each thing that can happen. Pure. */
public interface Dialect {
  /** The identity provider's name, for people. */
  String name();

  /** The headers of every request. */
  HeaderLayout headers();

  /** What a test of the connection asks, before anything is created. */
  List<ScimRequest> probe();

  /** A person that a test of the connection creates and deletes again, if it does. */
  Optional<Person> testUser();

  /** Finds a user. */
  ScimRequest lookUpUser(String userName);

  /** Creates a user. */
  ScimRequest createUser(Person person);

  /**
   * Brings a user up to date and switches it on.
   *
   * @param id the endpoint's identifier
   * @param before what was last sent, if anything was
   * @param now the person as it is
   */
  List<ScimRequest> updateUser(String id, Optional<Person> before, Person now);

  /** What becomes of the account of somebody who lost the application. */
  Departure departure();

  /** Switches a user off, or deletes it; see {@link #departure}. */
  List<ScimRequest> deprovision(String id, Person person);

  /** Finds a group. */
  ScimRequest lookUpGroup(String displayName);

  /** Creates a group without members. */
  ScimRequest createGroup(String displayName);

  /** Gives a group another name. */
  ScimRequest renameGroup(String id, String displayName);

  /** How many members one request adds or removes at most. */
  int membersPerRequest();

  /** Adds users to a group, by the endpoint's identifiers. */
  ScimRequest addMembers(String id, List<String> userIds);

  /** Removes users from a group, by the endpoint's identifiers. */
  ScimRequest removeMembers(String id, List<String> userIds);

  /** Deletes a user that a test of the connection created. */
  ScimRequest deleteUser(String id);

  /** Deletes a group. */
  ScimRequest deleteGroup(String id);

  /** What a read of the user must show. */
  Map<AttributePath, String> values(Person person);

  /** What becomes of an account. */
  enum Departure {
    /** It is switched off. */
    SUSPEND,
    /** It is deleted. */
    DELETE,
    /** It is left as it is. */
    NOTHING
  }
}
