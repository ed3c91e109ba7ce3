package com.phonemos.scim.conformance.wire;

/**
 * One request and its answer.
 *
 * @param url where it went, with the query
 * @param startNanos when it was sent, from the start of the case
 * @param nanos from the call to the last byte of the answer
 */
public record Exchange(Request request, String url, Answer answer, long startNanos, long nanos) {
  /**
   * The request as a command to paste into a POSIX shell, the token as {@code $SCIM_TOKEN}. A
   * request with the token of another tenant names {@code $SCIM_TOKEN_2}.
   */
  public String curl(String firstToken) {
    StringBuilder command = new StringBuilder("curl -i");
    if (!request.method().equals("GET")) {
      command.append(" -X ").append(request.method());
    }
    command.append(' ').append(quoted(url));
    request
        .token()
        .ifPresent(token ->
            command
                .append(" \\\n  -H \"Authorization: Bearer ")
                .append(token.equals(firstToken) ? "$SCIM_TOKEN" : "$SCIM_TOKEN_2")
                .append('"'));
    for (Header header : request.headers()) {
      command.append(" \\\n  -H ").append(quoted(header.toString()));
    }
    request.body().ifPresent(body -> command.append(" \\\n  --data-binary ").append(quoted(body)));
    return command.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
