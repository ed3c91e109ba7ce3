/** What this process may call for a tenant, so that no address of ours can be made to be asked. */
@NullMarked
package com.phonemos.scim.engine.egress;

import org.jspecify.annotations.NullMarked;
