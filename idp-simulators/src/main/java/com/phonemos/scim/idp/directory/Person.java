package com.phonemos.scim.idp.directory;

import java.util.List;
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
 * @param job what the person does
 * @param contact where the person is found
 * @param roles what the person may do in the application
 */
public record Person(
    String id,
    String userName,
    String givenName,
    String familyName,
    String displayName,
    Optional<String> email,
    Optional<String> language,
    Job job,
    Contact contact,
    List<AppRole> roles) {
  /**
   * A role of the application, as its administrators made it in the directory.
   *
   * @param id the directory's identifier
   * @param value what it is called among programs
   * @param displayName what it is called among people
   */
  public record AppRole(String id, String value, String displayName) {}

  /**
   * What a person does.
   *
   * @param title job title
   * @param department department
   * @param employeeNumber number in the human resources system
   * @param managerId identifier of the person's manager
   */
  public record Job(
      Optional<String> title,
      Optional<String> department,
      Optional<String> employeeNumber,
      Optional<String> managerId) {
    /** Nothing is known. */
    public static Job unknown() {
      return new Job(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * Where a person is found.
   *
   * @param office the office's name
   * @param address the office's address
   * @param phone at work
   * @param mobile mobile phone
   * @param fax at work
   */
  public record Contact(
      Optional<String> office,
      Optional<Address> address,
      Optional<String> phone,
      Optional<String> mobile,
      Optional<String> fax) {
    /** Nothing is known. */
    public static Contact unknown() {
      return new Contact(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * A postal address.
   *
   * @param country ISO 3166-1 alpha-2
   */
  public record Address(
      String street, String locality, String region, String postalCode, String country) {}

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
        Job.unknown(),
        Contact.unknown(),
        List.of());
  }

  /** The same person with other names. */
  public Person named(String given, String family, String display) {
    return new Person(id, userName, given, family, display, email, language, job, contact, roles);
  }

  /** The same person with another sign-in name. */
  public Person signingInAs(String name) {
    return new Person(
        id, name, givenName, familyName, displayName, email, language, job, contact, roles);
  }

  /** The same person with another e-mail address, or none. */
  public Person reachedAt(Optional<String> address) {
    return new Person(
        id, userName, givenName, familyName, displayName, address, language, job, contact, roles);
  }

  /** The same person with another preferred language, or none. */
  public Person speaking(Optional<String> tag) {
    return new Person(
        id, userName, givenName, familyName, displayName, email, tag, job, contact, roles);
  }

  /** The same person in another position. */
  public Person working(Job as) {
    return new Person(
        id, userName, givenName, familyName, displayName, email, language, as, contact, roles);
  }

  /** The same person found elsewhere. */
  public Person foundAt(Contact place) {
    return new Person(
        id, userName, givenName, familyName, displayName, email, language, job, place, roles);
  }

  /** The same person with other roles. */
  public Person holding(List<AppRole> others) {
    return new Person(
        id, userName, givenName, familyName, displayName, email, language, job, contact, others);
  }
}
