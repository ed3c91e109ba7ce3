package com.phonemos.scim.engine.scim.schema;

/** The resource types served (RFC 7643 §6). */
public enum ResourceType {
  USER("User", "/Users", Urn.USER),
  GROUP("Group", "/Groups", Urn.GROUP);

  private final String title;
  private final String endpoint;
  private final String schema;

  ResourceType(String title, String endpoint, String schema) {
    this.title = title;
    this.endpoint = endpoint;
    this.schema = schema;
  }

  /** As in {@code meta.resourceType}: {@code User} or {@code Group}. */
  public String title() {
    return title;
  }

  /** The one of a title. */
  public static ResourceType ofTitle(String title) {
    return title.equals(USER.title) ? USER : GROUP;
  }

  /** Relative to the base URL, with a leading slash. */
  public String endpoint() {
    return endpoint;
  }

  /** URN of the core schema. */
  public String schema() {
    return schema;
  }
}
