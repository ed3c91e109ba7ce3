package com.phonemos.scim.engine.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource, spelled as its schema spells them. Immutable, so it may cross
 * verticles: the tree given to {@link #of} belongs to this object from then on, and {@link #json}
 * is for reading only.
 *
 * <p>Server-assigned attributes ({@code id}, {@code meta}, {@code schemas}) and those kept in a
 * table of their own ({@code members}, {@code groups}) are not part of it.
 */
public final class Attributes {
  private final ObjectNode tree;

  /** Printed at most once, because a create is stored, journalled and answered. */
  private @Nullable String text;

  private Attributes(ObjectNode tree) {
    this.tree = tree;
  }

  /** Takes ownership of {@code tree}: the caller must not keep it. */
  public static Attributes of(ObjectNode tree) {
    return new Attributes(tree);
  }

  /** The tree, for reading only. */
  public ObjectNode json() {
    return tree;
  }

  /** The tree as JSON. */
  public String toJson() {
    String printed = text;
    if (printed == null) {
      printed = tree.toString();
      text = printed;
    }
    return printed;
  }

  /** A tree of the caller's own. */
  public ObjectNode copy() {
    return tree.deepCopy();
  }

  /** The text at a path of names, such as {@code text("name", "givenName")}; empty for others. */
  public Optional<String> text(String... names) {
    JsonNode node = tree;
    for (String name : names) {
      node = node.path(name);
    }
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  /** Whether there is a value at a path of names, in any element of what is multi-valued. */
  public boolean has(List<String> path) {
    return has(tree, path);
  }

  private static boolean has(JsonNode node, List<String> path) {
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (has(element, path)) {
          return true;
        }
      }
      return path.isEmpty();
    }
    return path.isEmpty()
        ? !node.isMissingNode()
        : has(node.path(path.getFirst()), path.subList(1, path.size()));
  }

  /** RFC 7643 §4.1.1; a user whose IdP never said otherwise is active. */
  public boolean active() {
    return tree.path("active").asBoolean(true);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && tree.equals(that.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  /** Names only: values may be personal data. */
  @Override
  public String toString() {
    return "Attributes" + tree.properties().stream().map(Map.Entry::getKey).toList();
  }
}
