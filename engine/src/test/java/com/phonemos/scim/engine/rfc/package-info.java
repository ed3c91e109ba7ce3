@NullMarked
package com.phonemos.scim.engine.rfc;

import org.jspecify.annotations.NullMarked;
