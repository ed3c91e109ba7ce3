package com.phonemos.scim.engine.bus;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.resource.Resource;
import java.util.List;
import java.util.Optional;

/** What the tenant answered. A rejection is an answer; a failed future is an outage or a bug. */
public sealed interface Reply {
  /** Committed: a resource that was not there before. */
  record Created(Resource resource) implements Reply {}

  /** Committed, or nothing to change: the resource as it is now. */
  record Written(Resource resource) implements Reply {}

  record Deleted() implements Reply {}

  record Rejected(ScimError error) implements Reply {}

  /** One reply per step, in order; absent where failOnErrors ended the work before it. */
  record Bulk(List<Optional<Reply>> replies) implements Reply {}
}
