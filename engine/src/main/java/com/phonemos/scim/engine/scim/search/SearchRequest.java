package com.phonemos.scim.engine.scim.search;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A query as its parameters or its body name it (RFC 7644 §3.4.2 and §3.4.3), not held against a
 * schema yet: see {@link Selection}.
 *
 * @param count resources that the client wants at most, from 0; absent: it does not say
 * @param attributes names separated by commas
 * @param excludedAttributes names separated by commas
 */
public record SearchRequest(
    Optional<Filter> filter,
    Optional<AttributePath> sortBy,
    boolean descending,
    Paging paging,
    OptionalLong count,
    Optional<String> attributes,
    Optional<String> excludedAttributes) {}
