package com.phonemos.scim.conformance.replay;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.wire.Answer;
import java.util.ArrayList;
import java.util.List;

/** Compares two recordings of the same traffic, exchange by exchange. */
public final class SessionDiff {
  private final Comparison comparison;
  private final IdMap ids = new IdMap();

  /** A comparison that leaves out places as {@link Comparison} does. */
  public SessionDiff(List<String> ignored) {
    this.comparison = new Comparison(ignored);
  }

  /** What is different in one exchange, in the question or in the answer. */
  public List<Difference> differences(int number, HarEntry before, HarEntry after) {
    Answer now = Answer.of(after.status(), after.responseHeaders(), after.responseBody());
    List<Difference> all = new ArrayList<>();
    String asked = before.method() + " " + ids.target(before.target());
    String asks = after.method() + " " + after.target();
    if (!asked.equals(asks)) {
      all.add(new Difference(number, "request", asked, asks));
    }
    String sent = before.requestBody().map(ids::body).orElse("");
    if (!sent.equals(after.requestBody().orElse(""))) {
      all.add(new Difference(number, "request body", sent, after.requestBody().orElse("")));
    }
    ids.learn(before, now);
    all.addAll(comparison.differences(number, before, now, ids::recorded));
    return all;
  }
}
