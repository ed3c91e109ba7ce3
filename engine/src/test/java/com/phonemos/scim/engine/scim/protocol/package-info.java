@NullMarked
package com.phonemos.scim.engine.scim.protocol;

import org.jspecify.annotations.NullMarked;
