package com.phonemos.scim.engine.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds a tenant's own schema document against RFC 7643 §7 and against what is served here. */
final class SchemaDocumentCheck {
  private static final int MAX_ATTRIBUTES = 200;

  /** RFC 8141 §2, without what would need escaping in a path. */
  private static final Pattern URN =
      Pattern.compile("urn:[a-z0-9][a-z0-9-]{0,31}(:[a-z0-9._-]+)+", Pattern.CASE_INSENSITIVE);

  /** RFC 7643 §2.1, {@code ATTRNAME}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,99}");

  private static final Set<String> CORE =
      Set.of(
          Urn.USER.toLowerCase(Locale.ROOT),
          Urn.GROUP.toLowerCase(Locale.ROOT),
          Urn.ENTERPRISE_USER.toLowerCase(Locale.ROOT));

  private final List<String> problems = new ArrayList<>();

  private SchemaDocumentCheck() {}

  static List<String> problems(JsonNode document) {
    SchemaDocumentCheck check = new SchemaDocumentCheck();
    check.document(document);
    return List.copyOf(check.problems);
  }

  private void document(JsonNode document) {
    String id = document.path("id").asText();
    require(URN.matcher(id).matches(), "id", "a URN such as urn:example:scim:2.0:User");
    require(!CORE.contains(id.toLowerCase(Locale.ROOT)), "id", "a URN that the RFC has not taken");
    require(document.path("name").isTextual(), "name", "a text");
    JsonNode attributes = document.path("attributes");
    require(
        attributes.isArray() && !attributes.isEmpty() && attributes.size() <= MAX_ATTRIBUTES,
        "attributes",
        "an array of 1 to " + MAX_ATTRIBUTES + " definitions");
    attributes(attributes, "", true);
  }

  private void attributes(JsonNode definitions, String prefix, boolean top) {
    Set<String> names = new HashSet<>();
    for (JsonNode definition : definitions) {
      String name = definition.path("name").asText();
      String where = prefix + (name.isEmpty() ? "(an attribute)" : name);
      boolean named = NAME.matcher(name).matches() || (!top && name.equals("$ref"));
      require(named, where + ".name", "a letter and then letters, digits, - and _");
      require(names.add(SchemaRegistry.fold(name)), where, "a name that occurs once");
      attribute(definition, where, top);
    }
  }

  private void attribute(JsonNode definition, String where, boolean top) {
    keyword(definition, where, "type", Attribute.Type.class);
    keyword(definition, where, "mutability", Attribute.Mutability.class);
    keyword(definition, where, "returned", Attribute.Returned.class);
    keyword(definition, where, "uniqueness", Attribute.Uniqueness.class);
    for (String flag : List.of("multiValued", "required", "caseExact")) {
      boolean fits = !definition.has(flag) || definition.path(flag).isBoolean();
      require(fits, where + "." + flag, "true or false");
    }
    refuse(definition, where, "uniqueness", "server", "global");
    refuse(definition, where, "mutability", "writeOnly", "readOnly");
    refuse(definition, where, "returned", "never");
    boolean complex = definition.path("type").asText().equals("complex");
    JsonNode subs = definition.path("subAttributes");
    require(
        complex == (subs.isArray() && !subs.isEmpty()),
        where + ".subAttributes",
        "sub-attributes exactly where type is complex");
    require(top || !complex, where + ".type", "no complex attribute inside another");
    if (top && complex) {
      attributes(subs, where + ".", false);
    }
  }

  private <E extends Enum<E>> void keyword(
      JsonNode definition, String where, String key, Class<E> keywords) {
    JsonNode value = definition.path(key);
    boolean known =
        value.isMissingNode()
            || (value.isTextual() && SchemaDocument.find(keywords, value.textValue()).isPresent());
    require(known, where + "." + key, "a keyword of RFC 7643 §7");
  }

  /** What nobody here would keep: no value is secret, made up by the server or an index key. */
  private void refuse(JsonNode definition, String where, String key, String... keywords) {
    for (String keyword : keywords) {
      boolean fits = !definition.path(key).asText().equals(keyword);
      require(fits, where + "." + key, "something else than " + keyword + ", which is not served");
    }
  }

  private void require(boolean fits, String where, String expected) {
    if (!fits) {
      problems.add("Expected " + where + " to be " + expected);
    }
  }
}
