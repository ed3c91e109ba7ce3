/** Recording, replaying, comparing and shrinking of sessions. */
@NullMarked
package com.phonemos.scim.conformance.session;

import org.jspecify.annotations.NullMarked;
