package com.phonemos.scim.engine.scim.filter;

import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import java.util.Optional;

/**
 * Reads a filter (RFC 7644 §3.4.2.2, figure 1) by recursive descent, in time linear in its length.
 * Whether its attributes exist is not asked here, see {@link FilterCheck}.
 *
 * <pre>
 * or    = and *("or" and)
 * and   = term *("and" term)
 * term  = "not" "(" or ")" / "(" or ")" / path "[" or "]" / path "pr" / path operator value
 * </pre>
 *
 * <p>Beyond the grammar it reads {@code emails[type eq "work"].value eq "x"}, by which Entra looks
 * users up [D E1, R C8], as {@code emails[type eq "work" and value eq "x"]}.
 */
public final class FilterParser {
  /** Characters of a filter at most. */
  public static final int MAX_LENGTH = 16 << 10;

  /** Parentheses, brackets and {@code not} inside each other at most. */
  public static final int MAX_DEPTH = 32;

  /** Comparisons at most. */
  public static final int MAX_TERMS = 200;

  private final FilterLexer lexer;
  private int depth;
  private int terms;
  private boolean inElement;

  private FilterParser(String text) {
    this.lexer = new FilterLexer(text);
  }

  /**
   * Reads a whole filter.
   *
   * @throws ScimException 400 invalidFilter, whose detail gives the column, from 1
   */
  public static Filter parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw ScimException.badRequest(
          ScimType.INVALID_FILTER,
          "Expected a filter of at most " + MAX_LENGTH + " characters, but it is longer");
    }
    FilterParser parser = new FilterParser(text);
    Filter filter = parser.or();
    if (!parser.lexer.atEnd()) {
      throw parser.lexer.error("\"and\", \"or\" or the end");
    }
    return filter;
  }

  /**
   * Reads the filter between the brackets of a value path, whose paths are names of sub-attributes.
   *
   * @throws ScimException as {@link #parse}
   */
  public static Filter parseValueFilter(String text) {
    FilterParser parser = new FilterParser(text);
    parser.inElement = true;
    Filter filter = parser.or();
    if (!parser.lexer.atEnd()) {
      throw parser.lexer.error("\"and\", \"or\" or the end");
    }
    return filter;
  }

  private Filter or() {
    Filter left = and();
    while (lexer.takeWord("or")) {
      left = new Filter.Or(left, and());
    }
    return left;
  }

  private Filter and() {
    Filter left = term();
    while (lexer.takeWord("and")) {
      left = new Filter.And(left, term());
    }
    return left;
  }

  private Filter term() {
    if (lexer.take('(')) {
      return nested(')');
    }
    String name = lexer.path();
    if (name.equalsIgnoreCase("not") && lexer.take('(')) {
      return new Filter.Not(nested(')'));
    }
    AttributePath path = path(name);
    if (!inElement && lexer.take('[')) {
      inElement = true;
      Filter filter = nested(']');
      inElement = false;
      return new Filter.ValuePath(path, lexer.take('.') ? continued(filter) : filter);
    }
    return comparison(path);
  }

  /** The comparison that follows the brackets and a dot. */
  private Filter continued(Filter filter) {
    return new Filter.And(filter, comparison(path(lexer.path())));
  }

  private Filter nested(char close) {
    if (++depth > MAX_DEPTH) {
      throw lexer.error("at most " + MAX_DEPTH + " levels of nesting");
    }
    Filter filter = or();
    if (!lexer.take(close)) {
      throw lexer.error("\"" + close + "\"");
    }
    depth--;
    return filter;
  }

  private Filter comparison(AttributePath path) {
    if (++terms > MAX_TERMS) {
      throw lexer.error("at most " + MAX_TERMS + " comparisons");
    }
    if (lexer.takeWord("pr")) {
      return new Filter.Present(path);
    }
    Optional<CompareOperator> operator = lexer.operator();
    if (operator.isEmpty()) {
      throw lexer.error("an operator such as eq, co or pr");
    }
    return new Filter.Compare(path, operator.get(), lexer.literal());
  }

  private AttributePath path(String name) {
    return AttributePath.parse(name)
        .orElseThrow(() -> lexer.error("an attribute path before this"));
  }
}
