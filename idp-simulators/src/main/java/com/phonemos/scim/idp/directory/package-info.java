/** The company behind an identity provider: its people, groups and what happens to them. */
@NullMarked
package com.phonemos.scim.idp.directory;

import org.jspecify.annotations.NullMarked;
