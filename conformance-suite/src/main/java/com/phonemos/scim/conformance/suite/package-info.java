/** What a case is, which cases there are, and how they are run. */
@NullMarked
package com.phonemos.scim.conformance.suite;

import org.jspecify.annotations.NullMarked;
