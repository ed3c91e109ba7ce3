/**
 * Targets of the coverage-guided fuzzer: whatever comes, it is read or refused by a {@code
 * ScimException}, quickly; and what was read prints as what is read again.
 */
@NullMarked
package com.phonemos.scim.engine.fuzz;

import org.jspecify.annotations.NullMarked;
