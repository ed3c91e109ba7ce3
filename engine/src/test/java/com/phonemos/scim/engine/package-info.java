@NullMarked
package com.phonemos.scim.engine;

import org.jspecify.annotations.NullMarked;
