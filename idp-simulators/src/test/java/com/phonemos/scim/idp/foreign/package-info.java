/** The simulators against a SCIM server that somebody else wrote; run by {@code mvn -Pforeign}. */
@NullMarked
package com.phonemos.scim.idp.foreign;

import org.jspecify.annotations.NullMarked;
