@NullMarked
package com.phonemos.scim.engine.scim.bulk;

import org.jspecify.annotations.NullMarked;
