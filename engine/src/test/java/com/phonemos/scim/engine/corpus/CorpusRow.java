package com.phonemos.scim.engine.corpus;

import java.util.List;
import java.util.Optional;

/**
 * One row of the bad-input corpus: what is sent, over one connection, and what has to come back.
 *
 * @param id such as {@code C-F01}
 * @param title what is wrong with the input
 * @param clauses requirements of the RFCs that it shows
 * @param elsewhere why the row is not run here; absent when it is
 */
record CorpusRow(
    String id,
    String title,
    List<String> clauses,
    Optional<String> elsewhere,
    List<Exchange> exchanges) {
  /**
   * A request and its answer.
   *
   * @param request as written, placeholders included
   * @param times how often it is sent
   */
  record Exchange(String request, int times, Optional<String> from, Expectation answer) {}

  /**
   * What an answer has to be.
   *
   * @param statuses any of them; of several times, all of them and no other
   * @param scimType empty for none
   * @param headers name → text that it contains
   * @param values JSON pointer → text; {@code absent} for none
   * @param closed whether the connection has to end with it
   */
  record Expectation(
      List<Integer> statuses,
      String scimType,
      List<Pair> headers,
      List<Pair> values,
      boolean closed) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      statuses.forEach(status -> text.append(text.isEmpty() ? "" : " or ").append(status));
      return text + (scimType.isEmpty() ? "" : " " + scimType) + (closed ? ", closed" : "");
    }
  }

  /** A name and what is expected of it. */
  record Pair(String name, String expected) {}

  /** The section of the corpus, such as {@code C-F}. */
  String section() {
    return id.substring(0, 3);
  }

  @Override
  public String toString() {
    return id + ' ' + title;
  }
}
