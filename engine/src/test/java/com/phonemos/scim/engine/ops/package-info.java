@NullMarked
package com.phonemos.scim.engine.ops;

import org.jspecify.annotations.NullMarked;
