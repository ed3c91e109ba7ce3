@NullMarked
package com.phonemos.scim.engine.store;

import org.jspecify.annotations.NullMarked;
