package com.phonemos.scim.engine.scim.resource;

/**
 * Version of a resource: the revision of its tenant that last changed it.
 *
 * @param revision number of the mutation within its tenant, from 1
 */
public record Version(long revision) {
  /**
   * The weak entity tag that is served as {@code meta.version} and {@code ETag} (RFC 7644 §3.14).
   */
  public String etag() {
    return "W/\"" + revision + '"';
  }
}
