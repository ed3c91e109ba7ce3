package com.phonemos.scim.engine.scim.patch;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import java.util.Optional;

/**
 * The target of a PATCH operation (RFC 7644 §3.5.2, {@code PATH = attrPath / valuePath [subAttr]}).
 *
 * <pre>
 * emails[type eq "work"].value
 * ^      ^               ^
 * |      valueFilter     attribute.subAttribute
 * attribute.name
 * </pre>
 *
 * @param attribute the attribute, with its sub-attribute if one is named
 * @param valueFilter selects elements of a multi-valued attribute
 * @param makesElement whether an element that the filter describes and nobody finds is made
 */
public record PatchPath(
    AttributePath attribute, Optional<Filter> valueFilter, boolean makesElement) {}
