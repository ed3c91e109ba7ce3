@NullMarked
package com.phonemos.scim.engine.cli;

import org.jspecify.annotations.NullMarked;
