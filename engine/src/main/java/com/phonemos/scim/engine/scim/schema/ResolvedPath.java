package com.phonemos.scim.engine.scim.schema;

/**
 * A path and what it leads to.
 *
 * @param path in the schema's spelling
 * @param parent the attribute that {@code path.name()} names
 * @param attribute the sub-attribute where the path names one, else the same as {@code parent}
 */
public record ResolvedPath(AttributePath path, Attribute parent, Attribute attribute) {}
