package com.phonemos.scim.engine.rfc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The requirements of the RFCs that a test shows, as {@code src/test/resources/rfc/clauses.txt}
 * names them. {@code docs/rfc7644.md} is made of it.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Clause {
  /** Such as {@code rfc7644/3.5.2.1/3}. */
  String[] value();
}
