package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.resource.Resource;

/** What the tenant answered. A rejection is an answer; a failed future is an outage or a bug. */
public sealed interface Reply {
  /** Committed, or nothing to change: the resource as it is now. */
  record Written(Resource resource) implements Reply {}

  record Deleted() implements Reply {}

  record Rejected(ScimError error) implements Reply {}
}
