package com.phonemos.scim.engine;

import java.net.BindException;

/** The engine did not start; the message is for the operator. */
public final class EngineStartException extends RuntimeException {
  EngineStartException(Throwable cause) {
    super(message(cause), cause);
  }

  private static String message(Throwable cause) {
    return cause instanceof BindException
        ? "A port is taken ("
            + cause.getMessage()
            + "): choose others with PHONEMOS_SCIM_HTTP_PORT and PHONEMOS_SCIM_OPS_PORT, or stop"
            + " the other program."
        : "The engine does not start: " + cause;
  }
}
