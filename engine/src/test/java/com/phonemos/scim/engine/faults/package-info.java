/**
 * What the engine promises when its parts fail: real processes of the packaged engine, a real
 * PostgreSQL, a real Keycloak. Every test ends by comparing all sides.
 */
@NullMarked
package com.phonemos.scim.engine.faults;

import org.jspecify.annotations.NullMarked;
