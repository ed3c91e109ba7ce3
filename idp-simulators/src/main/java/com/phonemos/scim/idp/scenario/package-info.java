/** What happens in a company while an identity provider provisions it. */
@NullMarked
package com.phonemos.scim.idp.scenario;

import org.jspecify.annotations.NullMarked;
