package com.phonemos.scim.engine.fuzz;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterCheck;
import com.phonemos.scim.engine.scim.filter.FilterParser;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;

/** Filters of a query (RFC 7644 §3.4.2.2). */
public final class FilterFuzz {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

  private FilterFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Filter filter = FilterParser.parse(new String(input, StandardCharsets.UTF_8));
      Filter again = FilterParser.parse(filter.toString());
      if (!again.equals(filter)) {
        throw new IllegalStateException("Printed as " + filter + ", read as " + again);
      }
      FilterCheck.check(SCHEMAS, ResourceType.USER, filter);
    } catch (ScimException refused) {
      Refusals.check(refused);
    }
  }
}
