/** Programs that measure; run by {@code mvn -Pbench}. */
@NullMarked
package com.phonemos.scim.idp.bench;

import org.jspecify.annotations.NullMarked;
