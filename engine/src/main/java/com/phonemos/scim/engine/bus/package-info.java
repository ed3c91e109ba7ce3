@NullMarked
package com.phonemos.scim.engine.bus;

import org.jspecify.annotations.NullMarked;
