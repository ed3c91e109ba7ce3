package com.phonemos.scim.engine.store.embedded;

/** The embedded PostgreSQL cannot run here; the message tells an operator what to do. */
public final class EmbeddedPostgresException extends RuntimeException {
  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
