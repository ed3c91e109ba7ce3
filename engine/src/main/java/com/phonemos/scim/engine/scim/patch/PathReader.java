package com.phonemos.scim.engine.scim.patch;

import com.phonemos.scim.engine.scim.filter.Filter;
import com.phonemos.scim.engine.scim.filter.FilterCheck;
import com.phonemos.scim.engine.scim.filter.FilterParser;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.scim.schema.Urn;
import java.util.Optional;

/**
 * Reads the path of a PATCH operation (RFC 7644 §3.5.2, figure 7): {@code attrPath} or {@code
 * valuePath [subAttr]}.
 */
final class PathReader {
  private PathReader() {}

  /**
   * Reads and resolves a path.
   *
   * @throws ScimException 400 invalidPath; 400 invalidFilter when its value filter names or
   *     compares what it cannot
   */
  static PatchTarget read(SchemaRegistry schemas, ResourceType type, String text) {
    int open = text.indexOf('[');
    if (open < 0) {
      return new PatchTarget(resolve(schemas, type, text.strip()), Optional.empty());
    }
    int close = text.lastIndexOf(']');
    if (close < open) {
      throw malformed("a closing bracket");
    }
    String rest = text.substring(close + 1).strip();
    if (!rest.isEmpty() && !rest.startsWith(".")) {
      throw malformed("a dot and a sub-attribute, or nothing, after the closing bracket");
    }
    ResolvedPath attribute = resolve(schemas, type, text.substring(0, open).strip());
    ResolvedPath target = resolve(schemas, type, attribute.path() + rest);
    if (isManager(attribute)) {
      return new PatchTarget(target, Optional.empty());
    }
    if (!attribute.attribute().multiValued()
        || attribute.attribute().type() != Attribute.Type.COMPLEX) {
      throw malformed("brackets only after a multi-valued complex attribute");
    }
    Filter filter = filter(text.substring(open + 1, close));
    return new PatchTarget(
        target, Optional.of(FilterCheck.checkElement(attribute.attribute(), filter)));
  }

  private static Filter filter(String text) {
    try {
      return FilterParser.parseValueFilter(text);
    } catch (ScimException refused) {
      throw ScimException.badRequest(ScimType.INVALID_PATH, refused.error().detail());
    }
  }

  private static ResolvedPath resolve(SchemaRegistry schemas, ResourceType type, String text) {
    return AttributePath.parse(text)
        .map(PathReader::withSchema)
        .flatMap(path -> schemas.resolve(type, path))
        .orElseThrow(() -> malformed("the path of an attribute of " + type.title()));
  }

  /** Entra has removed the manager by a path without its URN [O S9]. */
  private static AttributePath withSchema(AttributePath path) {
    return path.schema().isEmpty() && path.name().equalsIgnoreCase("manager")
        ? new AttributePath(Optional.of(Urn.ENTERPRISE_USER), path.name(), path.subAttribute())
        : path;
  }

  /** The same request filters the manager by value, although there is at most one [O S9]. */
  private static boolean isManager(ResolvedPath path) {
    return path.path().schema().isPresent() && path.path().name().equals("manager");
  }

  private static ScimException malformed(String expected) {
    return ScimException.badRequest(
        ScimType.INVALID_PATH, "Expected " + expected + " in path, but there is something else");
  }
}
