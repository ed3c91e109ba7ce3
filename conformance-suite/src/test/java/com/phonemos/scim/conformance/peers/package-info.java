/** Reports of servers that are not ours. */
@NullMarked
package com.phonemos.scim.conformance.peers;

import org.jspecify.annotations.NullMarked;
