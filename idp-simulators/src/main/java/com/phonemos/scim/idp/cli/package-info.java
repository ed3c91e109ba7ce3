/** The command line: idp-sim. */
@NullMarked
package com.phonemos.scim.idp.cli;

import org.jspecify.annotations.NullMarked;
