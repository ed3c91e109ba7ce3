/** Simulated identity providers against the engine and a real Keycloak. */
@NullMarked
package com.phonemos.scim.engine.idp;

import org.jspecify.annotations.NullMarked;
