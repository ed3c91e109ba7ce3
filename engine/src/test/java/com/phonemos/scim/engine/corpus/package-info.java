@NullMarked
package com.phonemos.scim.engine.corpus;

import org.jspecify.annotations.NullMarked;
