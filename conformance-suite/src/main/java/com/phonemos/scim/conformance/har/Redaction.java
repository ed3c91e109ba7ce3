package com.phonemos.scim.conformance.har;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.conformance.wire.Header;
import com.phonemos.scim.conformance.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes secrets out of a session, and people where that is wanted. Tokens become {@code token-1},
 * {@code token-2} in the order they come, so that sessions of several tenants can be replayed.
 */
public final class Redaction {
  private final Secrets secrets = new Secrets();
  private final Optional<Pseudonyms> pseudonyms;

  /** A redaction of one session. */
  public Redaction(Optional<Pseudonyms> pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** The entry without what must not be kept. */
  public HarEntry redacted(HarEntry entry) {
    entry.requestHeader("Authorization").ifPresent(secrets::label);
    Optional<PersonalData> people = pseudonyms.map(PersonalData::new);
    return new HarEntry(
        entry.startedAt(),
        entry.took(),
        entry.method(),
        url(entry.url(), people),
        headers(entry.requestHeaders(), people),
        entry.requestBody().map(body -> body(body, people)),
        entry.status(),
        headers(entry.responseHeaders(), people),
        entry.mimeType(),
        body(entry.responseBody(), people),
        entry.comment());
  }

  private String url(String url, Optional<PersonalData> people) {
    return secrets.text(secrets.parameters(people.map(personal -> personal.url(url)).orElse(url)));
  }

  private List<Header> headers(List<Header> headers, Optional<PersonalData> people) {
    return headers.stream()
        .map(secrets::header)
        .map(header ->
            header.name().toLowerCase(Locale.ROOT).endsWith("location")
                ? new Header(header.name(), url(header.value(), people))
                : header)
        .toList();
  }

  private String body(String text, Optional<PersonalData> people) {
    // Untouched where nothing has to go: a recording shows what was sent, to the letter.
    if (container(text) && people.isEmpty() && !secrets.mayBeIn(text)) {
      return secrets.text(text);
    }
    Optional<JsonNode> json = Json.read(text).filter(JsonNode::isContainerNode);
    if (json.isEmpty()) {
      return secrets.text(secrets.parameters(text));
    }
    secrets.tree(json.get());
    people.ifPresent(personal -> personal.tree(json.get()));
    return secrets.text(json.get().toString());
  }

  private static boolean container(String text) {
    return text.startsWith("{") || text.startsWith("[");
  }
}
