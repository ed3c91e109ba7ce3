@NullMarked
package com.phonemos.scim.engine.scim.resource;

import org.jspecify.annotations.NullMarked;
