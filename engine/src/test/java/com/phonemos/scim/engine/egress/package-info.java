@NullMarked
package com.phonemos.scim.engine.egress;

import org.jspecify.annotations.NullMarked;
