/** The commands of operators. Results go to stdout, words for people to stderr. */
@NullMarked
package com.phonemos.scim.engine.cli;

import org.jspecify.annotations.NullMarked;
