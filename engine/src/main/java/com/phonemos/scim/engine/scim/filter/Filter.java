package com.phonemos.scim.engine.scim.filter;

import com.phonemos.scim.engine.scim.schema.AttributePath;

/** A filter expression (RFC 7644 §3.4.2.2). Its text form is valid SCIM and parses to itself. */
public sealed interface Filter {
  /** {@code userName eq "bjensen"}. */
  record Compare(AttributePath path, CompareOperator operator, Literal value) implements Filter {
    @Override
    public String toString() {
      return path + " " + operator.keyword() + " " + value;
    }
  }

  /** {@code title pr}. */
  record Present(AttributePath path) implements Filter {
    @Override
    public String toString() {
      return path + " pr";
    }
  }

  /** {@code title pr and userType eq "Employee"}; binds tighter than {@link Or}. */
  record And(Filter left, Filter right) implements Filter {
    @Override
    public String toString() {
      String first = left instanceof Or ? "(" + left + ")" : left.toString();
      String second =
          right instanceof Or || right instanceof And ? "(" + right + ")" : right.toString();
      return first + " and " + second;
    }
  }

  /** {@code title pr or userType eq "Intern"}. */
  record Or(Filter left, Filter right) implements Filter {
    @Override
    public String toString() {
      return left + " or " + (right instanceof Or ? "(" + right + ")" : right.toString());
    }
  }

  /** {@code not (emails co "example.com")}. */
  record Not(Filter filter) implements Filter {
    @Override
    public String toString() {
      return "not (" + filter + ")";
    }
  }

  /**
   * {@code emails[type eq "work" and value co "@example.com"]}: true when one element of the
   * attribute satisfies the inner filter, whose paths are names of its sub-attributes.
   */
  record ValuePath(AttributePath attribute, Filter filter) implements Filter {
    @Override
    public String toString() {
      return attribute + "[" + filter + "]";
    }
  }
}
