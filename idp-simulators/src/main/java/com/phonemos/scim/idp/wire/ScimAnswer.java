package com.phonemos.scim.idp.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What came back for a request. */
public sealed interface ScimAnswer {
  /** The HTTP status, or 0 if no answer came. */
  int status();

  /** Whether the endpoint answered with a status of the 2xx class. */
  default boolean succeeded() {
    return status() / 100 == 2;
  }

  /** The body as a JSON object; empty if there is none or it is something else. */
  Optional<ObjectNode> json();

  /** One line for people: the status and, where the endpoint gives one, its reason. */
  String describe();

  /**
   * An answer of the endpoint.
   *
   * @param status the HTTP status
   * @param headers the headers in the order received
   * @param body the body as text
   */
  record Received(int status, List<Header> headers, String body) implements ScimAnswer {
    /** The first value of a header, whatever its letter case. */
    public Optional<String> header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst();
    }

    @Override
    public Optional<ObjectNode> json() {
      return Json.object(body);
    }

    @Override
    public String describe() {
      return status
          + json()
              .map(error -> error.path("detail").asText(""))
              .filter(detail -> !detail.isEmpty())
              .map(detail -> " " + detail)
              .orElse("");
    }
  }

  /**
   * No answer: the connection failed, or the time-out passed and the socket was closed.
   *
   * @param timedOut whether waiting ended it
   * @param reason the failure in words
   */
  record Lost(boolean timedOut, String reason) implements ScimAnswer {
    @Override
    public int status() {
      return 0;
    }

    @Override
    public Optional<ObjectNode> json() {
      return Optional.empty();
    }

    @Override
    public String describe() {
      return "no answer: " + reason;
    }
  }
}
