package com.phonemos.scim.conformance.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a server answered, with the checks that cases are made of. Each check returns the answer or
 * throws {@link Unmet}. Places in the body are JSON pointers (RFC 6901).
 */
public record Answer(int status, List<Header> headers, String body, JsonNode json) {
  /** Reads the body where it is JSON. */
  public static Answer of(int status, List<Header> headers, String body) {
    return new Answer(status, headers, body, Json.read(body).orElseGet(MissingNode::getInstance));
  }

  /** The first header of a name. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** What is at a place; a missing node if nothing is. */
  public JsonNode at(String pointer) {
    return json.at(pointer);
  }

  /** The text at a place; empty if there is none. */
  public String text(String pointer) {
    return at(pointer).asText("");
  }

  /** The resource's id. */
  public String id() {
    present("/id");
    return text("/id");
  }

  /** The members of an array at a place. */
  public List<JsonNode> each(String pointer) {
    List<JsonNode> all = new ArrayList<>();
    at(pointer).forEach(all::add);
    return all;
  }

  /** One text member of each element of an array. */
  public List<String> each(String pointer, String member) {
    return each(pointer).stream().map(element -> element.path(member).asText("")).toList();
  }

  /** The status is one of these. */
  public Answer status(int... allowed) {
    require(
        IntStream.of(allowed).anyMatch(one -> one == status),
        "status " + String.join(" or ", IntStream.of(allowed).mapToObj(Integer::toString).toList()),
        "status " + status + summary());
    return this;
  }

  /** The status is a client error, whichever. */
  public Answer refused() {
    require(status >= 400 && status < 500, "a status of 4xx", "status " + status + summary());
    return this;
  }

  /** The body holds a value, and it is not null. */
  public Answer present(String pointer) {
    require(
        !at(pointer).isMissingNode() && !at(pointer).isNull(),
        pointer + " present",
        found(pointer));
    return this;
  }

  /** The body holds no value, or null, or nothing in it. */
  public Answer absent(String pointer) {
    JsonNode node = at(pointer);
    boolean empty = node.isContainerNode() && node.isEmpty();
    boolean blank = node.isTextual() && node.asText().isEmpty();
    require(
        node.isMissingNode() || node.isNull() || empty || blank,
        pointer + " absent",
        found(pointer));
    return this;
  }

  /** The body holds exactly this value; numbers compare by value. */
  public Answer equal(String pointer, Object value) {
    JsonNode wanted = Json.tree(value);
    require(same(wanted, at(pointer)), pointer + " = " + wanted, found(pointer));
    return this;
  }

  /** An array of the body has this many elements. */
  public Answer size(String pointer, int count) {
    require(
        (at(pointer).isArray() || at(pointer).isMissingNode()) && at(pointer).size() == count,
        pointer + " with " + count + " element(s)",
        found(pointer));
    return this;
  }

  /** An array of the body has an element with this text, or an object with it as {@code value}. */
  public Answer contains(String pointer, String value) {
    require(holds(pointer, value), pointer + " containing " + value, found(pointer));
    return this;
  }

  /** An array of the body has no such element. */
  public Answer lacks(String pointer, String value) {
    require(!holds(pointer, value), pointer + " without " + value, found(pointer));
    return this;
  }

  /** A header is there. */
  public String requireHeader(String name) {
    return header(name)
        .orElseThrow(() -> new Unmet("a header " + name, "there is none, status " + status));
  }

  /** A requirement in words. */
  public Answer check(boolean holds, String expected, String actual) {
    require(holds, expected, actual);
    return this;
  }

  private boolean holds(String pointer, String value) {
    return each(pointer).stream()
        .anyMatch(element ->
            element.asText("").equals(value) || element.path("value").asText("").equals(value));
  }

  private static boolean same(JsonNode wanted, JsonNode found) {
    return (wanted.isNumber() && found.isNumber())
        ? wanted.decimalValue().compareTo(found.decimalValue()) == 0
        : wanted.equals(found);
  }

  private String found(String pointer) {
    JsonNode node = at(pointer);
    return pointer + (node.isMissingNode() ? " absent" : " = " + shortened(node.toString()));
  }

  private String summary() {
    String detail = text("/detail");
    String type = text("/scimType");
    return (type.isEmpty() ? "" : " " + type) + (detail.isEmpty() ? "" : ": " + shortened(detail));
  }

  private static String shortened(String text) {
    return text.length() <= 160 ? text : text.substring(0, 157) + "...";
  }

  private static void require(boolean holds, String expected, String actual) {
    if (!holds) {
      throw new Unmet(expected, actual);
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d with %d characters", status, body.length());
  }
}
