/** A SCIM server for tests that records what it is asked. */
@NullMarked
package com.phonemos.scim.idp.testing;

import org.jspecify.annotations.NullMarked;
