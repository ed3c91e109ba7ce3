/**
 * Access tokens for identity providers that want none that is typed in: OAuth's client credentials
 * (RFC 6749 §4.4), by a secret or by an assertion (RFC 7523).
 */
@NullMarked
package com.phonemos.scim.engine.oauth;

import org.jspecify.annotations.NullMarked;
