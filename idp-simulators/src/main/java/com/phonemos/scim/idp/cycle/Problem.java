package com.phonemos.scim.idp.cycle;

/**
 * Something that an administrator would find in the provisioning log.
 *
 * @param subject the object, by its id in the directory: names are personal data
 * @param what what failed and how the endpoint answered
 */
public record Problem(String subject, String what) {
  /** Both in one line. */
  @Override
  public String toString() {
    return subject + ": " + what;
  }
}
