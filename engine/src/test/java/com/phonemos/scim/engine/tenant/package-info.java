@NullMarked
package com.phonemos.scim.engine.tenant;

import org.jspecify.annotations.NullMarked;
