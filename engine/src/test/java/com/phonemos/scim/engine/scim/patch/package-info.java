@NullMarked
package com.phonemos.scim.engine.scim.patch;

import org.jspecify.annotations.NullMarked;
