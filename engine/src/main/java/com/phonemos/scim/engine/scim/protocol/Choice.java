package com.phonemos.scim.engine.scim.protocol;

import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.Attribute.Returned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Names that were chosen at one level; one that has none below it was chosen as a whole. */
final class Choice {
  private final Map<String, Choice> below = new HashMap<>();

  boolean isWhole() {
    return below.isEmpty();
  }

  /** What was chosen of a name; empty when it was not. */
  Optional<Choice> of(String name) {
    return Optional.ofNullable(below.get(name));
  }

  /** Chooses an attribute; what is in it and returned on request must be named itself. */
  void include(List<String> path, Attribute attribute) {
    if (attribute.subAttributes().stream().allMatch(sub -> sub.returned() != Returned.REQUEST)
        && !attribute.isExtension()) {
      add(path);
      return;
    }
    for (Attribute sub : attribute.subAttributes()) {
      if (sub.returned() != Returned.REQUEST) {
        include(joined(path, sub.name()), sub);
      }
    }
  }

  /** Chooses what is returned always: at the top, in extensions and in what is chosen in part. */
  void includeAlways(List<Attribute> definitions) {
    for (Attribute attribute : definitions) {
      Choice known = below.get(attribute.name());
      if (attribute.returned() == Returned.ALWAYS) {
        include(List.of(attribute.name()), attribute);
      } else if (known != null && !known.isWhole()) {
        known.includeAlways(attribute.subAttributes());
      } else if (known == null && attribute.isExtension()) {
        Choice extension = new Choice();
        extension.includeAlways(attribute.subAttributes());
        if (!extension.isWhole()) {
          below.put(attribute.name(), extension);
        }
      }
    }
  }

  /** Chooses what may be left out of an attribute: nothing that is returned always. */
  void exclude(List<String> path, Attribute attribute) {
    if (attribute.isExtension()) {
      attribute.subAttributes().forEach(sub -> exclude(joined(path, sub.name()), sub));
    } else if (attribute.returned() != Returned.ALWAYS) {
      add(path);
    }
  }

  /**
   * Chooses what is returned on request only.
   *
   * @param sent whether the client has just written the attribute at a path
   */
  void excludeOnRequest(
      List<String> path, List<Attribute> definitions, Predicate<List<String>> sent) {
    for (Attribute attribute : definitions) {
      List<String> at = joined(path, attribute.name());
      if (attribute.returned() == Returned.REQUEST && !sent.test(at)) {
        add(at);
      } else {
        excludeOnRequest(at, attribute.subAttributes(), sent);
      }
    }
  }

  private void add(List<String> names) {
    String name = names.getFirst();
    Choice known = below.get(name);
    if (names.size() == 1) {
      below.put(name, new Choice());
    } else if (known == null || !known.isWhole()) {
      below.computeIfAbsent(name, absent -> new Choice()).add(names.subList(1, names.size()));
    }
  }

  private static List<String> joined(List<String> path, String name) {
    List<String> joined = new ArrayList<>(path);
    joined.add(name);
    return joined;
  }
}
