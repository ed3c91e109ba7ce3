/** What Okta and Okta's SPEC and CRUD test suites ask of a server. */
@NullMarked
package com.phonemos.scim.conformance.okta;

import org.jspecify.annotations.NullMarked;
