/** Access tokens, asked for over the wire as identity providers do. */
@NullMarked
package com.phonemos.scim.engine.oauth;

import org.jspecify.annotations.NullMarked;
