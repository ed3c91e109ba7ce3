@NullMarked
package com.phonemos.scim.engine.scim.filter;

import org.jspecify.annotations.NullMarked;
