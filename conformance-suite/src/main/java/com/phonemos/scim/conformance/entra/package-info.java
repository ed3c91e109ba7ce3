/** What Microsoft Entra ID and Microsoft's validators ask of a server. */
@NullMarked
package com.phonemos.scim.conformance.entra;

import org.jspecify.annotations.NullMarked;
