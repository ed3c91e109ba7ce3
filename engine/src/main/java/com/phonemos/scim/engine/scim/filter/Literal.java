package com.phonemos.scim.engine.scim.filter;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;

/** A comparison value: one of JSON's scalars (RFC 7644 §3.4.2.2, {@code compValue}). */
public sealed interface Literal {
  record Text(String value) implements Literal {
    @Override
    public String toString() {
      return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
  }

  record Numeric(BigDecimal value) implements Literal {
    @Override
    public String toString() {
      return value.toString();
    }
  }

  record Bool(boolean value) implements Literal {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Null() implements Literal {
    @Override
    public String toString() {
      return "null";
    }
  }
}
