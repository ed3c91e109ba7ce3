package com.phonemos.scim.engine.store;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The values of a statement that is put together: they become parameters, never text. */
final class SqlParameters {
  private final List<Object> values = new ArrayList<>();

  /** Adds a value and returns its place in the text, such as {@code $3}. */
  String add(Object value) {
    values.add(value);
    return "$" + values.size();
  }

  Tuple tuple() {
    return Tuple.from(values);
  }
}
