@NullMarked
package com.phonemos.scim.engine.scim.schema;

import org.jspecify.annotations.NullMarked;
