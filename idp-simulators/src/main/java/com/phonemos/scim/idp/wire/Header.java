package com.phonemos.scim.idp.wire;

/** One HTTP header, sent with exactly this letter case. */
public record Header(String name, String value) {
  /** Whether the value is a secret that no record of the traffic may hold. */
  public boolean secret() {
    return name.equalsIgnoreCase("authorization");
  }

  /** Name and value; a secret value is left out. */
  @Override
  public String toString() {
    return name + ": " + (secret() ? "[redacted]" : value);
  }
}
