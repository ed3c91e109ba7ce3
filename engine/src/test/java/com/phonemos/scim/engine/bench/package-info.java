/**
 * {@code mvn -Pbench}: how fast the engine is beside what the same database and the same Keycloak
 * give to a plain client on the same machine, in the same run.
 */
@NullMarked
package com.phonemos.scim.engine.bench;

import org.jspecify.annotations.NullMarked;
