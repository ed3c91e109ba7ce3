@NullMarked
package com.phonemos.scim.conformance;

import org.jspecify.annotations.NullMarked;
