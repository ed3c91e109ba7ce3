/** The operators' side, against a real PostgreSQL. */
@NullMarked
package com.phonemos.scim.engine.admin;

import org.jspecify.annotations.NullMarked;
