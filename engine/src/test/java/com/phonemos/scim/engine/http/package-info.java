@NullMarked
package com.phonemos.scim.engine.http;

import org.jspecify.annotations.NullMarked;
