/** Microsoft Entra ID's provisioning service. */
@NullMarked
package com.phonemos.scim.idp.entra;

import org.jspecify.annotations.NullMarked;
