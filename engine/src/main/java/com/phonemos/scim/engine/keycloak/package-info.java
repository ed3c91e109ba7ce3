@NullMarked
package com.phonemos.scim.engine.keycloak;

import org.jspecify.annotations.NullMarked;
