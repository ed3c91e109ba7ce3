package com.phonemos.scim.engine.store;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What a failed statement means to its caller. */
public enum StoreFailure {
  /** PostgreSQL is away, starting, stopping or full: nothing is wrong with the request. */
  UNAVAILABLE,
  /** The connection broke: what was under way on it was done, or it was not. */
  LOST,
  /** Somebody else was first or a lock took too long: the same again may succeed. */
  CONTENTION,
  /** PostgreSQL refused the data, or a rule of ours is broken: the same again fails again. */
  REFUSED;

  /** Classifies by SQLSTATE (PostgreSQL manual, appendix A). */
  public static StoreFailure of(Throwable cause) {
    if (!(cause instanceof PgException failure) || failure.getSqlState() == null) {
      return isOfTheConnection(cause) ? LOST : REFUSED;
    }
    return switch (failure.getSqlState()) {
      case "40001", "40P01", "55P03" -> CONTENTION;
      case "57P01", "57P02" -> LOST;
      case "25006", "25P03", "57014" -> UNAVAILABLE;
      case String state when state.startsWith("08") -> LOST;
      case String state when state.startsWith("53") || state.startsWith("57P") -> UNAVAILABLE;
      default -> REFUSED;
    };
  }

  private static boolean isOfTheConnection(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof VertxException
        || cause.getClass().getPackageName().startsWith("io.");
  }
}
