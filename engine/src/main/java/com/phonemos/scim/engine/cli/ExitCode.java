package com.phonemos.scim.engine.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command's exit status tells a script; the high ones are those of sysexits.h. */
enum ExitCode {
  DONE(0, "Done"),
  FAILED(1, "Failed for a reason that was not foreseen"),
  USAGE(2, "Wrong usage: unknown option, missing argument"),
  REFUSED(3, "Refused: what was named does not exist, or exists already"),
  UNAVAILABLE(69, "PostgreSQL or Keycloak is away, or cannot run here"),
  CONFIGURATION(78, "The configuration has mistakes; all are listed");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  int status() {
    return status;
  }

  /** For {@code --help}. */
  static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      list.put(Integer.toString(code.status), code.meaning);
    }
    return list;
  }
}
