@NullMarked
package com.phonemos.scim.engine.webhook;

import org.jspecify.annotations.NullMarked;
