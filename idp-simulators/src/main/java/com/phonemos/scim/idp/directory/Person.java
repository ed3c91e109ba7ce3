package com.phonemos.scim.idp.directory;

import java.util.Optional;

/**
 * What a directory knows about a person.
 *
 * @param id the directory's own identifier, which never changes
 * @param userName the sign-in name, unique whatever its letter case
 * @param givenName given name, in its own script
 * @param familyName family name, in its own script
 * @param displayName name as shown to others
 * @param email work e-mail address; some people have none
 * @param language preferred language (BCP 47)
 * @param title job title
 * @param department department
 * @param employeeNumber number in the human resources system
 * @param managerId identifier of the person's manager
 */
public record Person(
    String id,
    String userName,
    String givenName,
    String familyName,
    String displayName,
    Optional<String> email,
    Optional<String> language,
    Optional<String> title,
    Optional<String> department,
    Optional<String> employeeNumber,
    Optional<String> managerId) {
  /** A person with no more than names, an e-mail address and a language. */
  public static Person of(
      String id, String userName, String givenName, String familyName, String language) {
    return new Person(
        id,
        userName,
        givenName,
        familyName,
        givenName + " " + familyName,
        Optional.of(userName),
        Optional.of(language),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same person with other names. */
  public Person named(String given, String family, String display) {
    return new Person(
        id,
        userName,
        given,
        family,
        display,
        email,
        language,
        title,
        department,
        employeeNumber,
        managerId);
  }

  /** The same person with another sign-in name. */
  public Person signingInAs(String name) {
    return new Person(
        id,
        name,
        givenName,
        familyName,
        displayName,
        email,
        language,
        title,
        department,
        employeeNumber,
        managerId);
  }

  /** The same person with another e-mail address, or none. */
  public Person reachedAt(Optional<String> address) {
    return new Person(
        id,
        userName,
        givenName,
        familyName,
        displayName,
        address,
        language,
        title,
        department,
        employeeNumber,
        managerId);
  }

  /** The same person with another preferred language, or none. */
  public Person speaking(Optional<String> tag) {
    return new Person(
        id,
        userName,
        givenName,
        familyName,
        displayName,
        email,
        tag,
        title,
        department,
        employeeNumber,
        managerId);
  }

  /** The same person in another position. */
  public Person working(Optional<String> as, Optional<String> in, Optional<String> manager) {
    return new Person(
        id,
        userName,
        givenName,
        familyName,
        displayName,
        email,
        language,
        as,
        in,
        employeeNumber,
        manager);
  }
}
