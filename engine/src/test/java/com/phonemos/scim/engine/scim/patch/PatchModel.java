package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What RFC 7644 §3.5.2 says a PATCH of a user does, put down as plainly as it can be: values are
 * Java's, and every kind of operation is a method. It shares nothing with what it is held against.
 */
final class PatchModel {
  private final Map<String, String> name = new TreeMap<>();
  private final List<Email> emails = new ArrayList<>();
  private Optional<String> title = Optional.empty();

  /** RFC 7643 §4.1.2; what is empty is not there. */
  record Email(Optional<String> value, Optional<String> type, Optional<Boolean> primary) {
    boolean isPrimary() {
      return primary.orElse(false);
    }

    Email withPrimary(boolean now) {
      return new Email(value, type, Optional.of(now));
    }

    ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      value.ifPresent(text -> json.put("value", text));
      type.ifPresent(text -> json.put("type", text));
      primary.ifPresent(flag -> json.put("primary", flag));
      return json;
    }
  }

  PatchModel copy() {
    PatchModel copy = new PatchModel();
    copy.title = title;
    copy.name.putAll(name);
    copy.emails.addAll(emails);
    return copy;
  }

  void title(Optional<String> now) {
    title = now;
  }

  void name(String part, Optional<String> now) {
    name.remove(part);
    now.ifPresent(text -> name.put(part, text));
  }

  void add(Email email) {
    if (!emails.contains(email)) {
      emails.add(email);
      relieveOthers(emails.size() - 1);
    }
  }

  void replaceAll(List<Email> now) {
    emails.clear();
    emails.addAll(now);
  }

  void removeOfType(String type) {
    emails.removeIf(isOf(type));
  }

  /** False when there is none: then the request is refused with noTarget. */
  boolean replaceValueOfType(String type, String value) {
    if (emails.stream().noneMatch(isOf(type))) {
      return false;
    }
    emails.replaceAll(email ->
        isOf(type).test(email)
            ? new Email(Optional.of(value), email.type(), email.primary())
            : email);
    return true;
  }

  /** One after the other becomes primary; false when there is none. */
  boolean makePrimary(String type) {
    boolean found = false;
    for (int i = 0; i < emails.size(); i++) {
      if (isOf(type).test(emails.get(i))) {
        emails.set(i, emails.get(i).withPrimary(true));
        relieveOthers(i);
        found = true;
      }
    }
    return found;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("userName", "joe");
    title.ifPresent(text -> json.put("title", text));
    if (!name.isEmpty()) {
      name.forEach(json.putObject("name")::put);
    }
    if (!emails.isEmpty()) {
      ArrayNode all = json.putArray("emails");
      emails.forEach(email -> all.add(email.json()));
    }
    return json;
  }

  private static Predicate<Email> isOf(String type) {
    return email -> email.type().filter(type::equals).isPresent();
  }

  private void relieveOthers(int latest) {
    if (!emails.get(latest).isPrimary()) {
      return;
    }
    for (int i = 0; i < emails.size(); i++) {
      if (i != latest && emails.get(i).isPrimary()) {
        emails.set(i, emails.get(i).withPrimary(false));
      }
    }
  }
}
