/** A small SCIM endpoint in memory, to see the simulators at work where there is no other. */
@NullMarked
package com.phonemos.scim.idp.memory;

import org.jspecify.annotations.NullMarked;
