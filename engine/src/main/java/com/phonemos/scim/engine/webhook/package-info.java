/** Brings the change feed to those who want to be told. */
@NullMarked
package com.phonemos.scim.engine.webhook;

import org.jspecify.annotations.NullMarked;
