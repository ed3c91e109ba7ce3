/** What the OpenID IPSIE account lifecycle profile of SCIM asks of a server. */
@NullMarked
package com.phonemos.scim.conformance.ipsie;

import org.jspecify.annotations.NullMarked;
