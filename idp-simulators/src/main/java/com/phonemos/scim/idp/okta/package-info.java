/** Okta's lifecycle management. */
@NullMarked
package com.phonemos.scim.idp.okta;

import org.jspecify.annotations.NullMarked;
