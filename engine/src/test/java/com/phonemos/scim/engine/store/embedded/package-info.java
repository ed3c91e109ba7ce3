@NullMarked
package com.phonemos.scim.engine.store.embedded;

import org.jspecify.annotations.NullMarked;
