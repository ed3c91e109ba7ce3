/**
 * {@code mvn -Pdemo}: two simulated companies provision through a real engine into a real Keycloak,
 * and all sides are compared.
 */
@NullMarked
package com.phonemos.scim.engine.demo;

import org.jspecify.annotations.NullMarked;
