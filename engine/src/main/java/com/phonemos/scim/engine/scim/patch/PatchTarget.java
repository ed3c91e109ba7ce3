package com.phonemos.scim.engine.scim.patch;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import java.util.Optional;

/** A path as read, and the definitions it leads to. */
record PatchTarget(ResolvedPath resolved, Optional<Filter> filter) {}
