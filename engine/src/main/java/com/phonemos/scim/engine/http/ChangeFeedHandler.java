package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.store.ChangeFeed;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.List;

/**
 * What was committed for a tenant, in order, for Phonemos to follow. A request that finds nothing
 * new may wait for it.
 */
final class ChangeFeedHandler {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final int LONGEST_WAIT_SECONDS = 60;

  /** How late a change that another process commits is noticed. */
  private static final long LOOK_MILLIS = 1_000;

  private final ChangeFeed feed;
  private final ChangeHints hints;

  ChangeFeedHandler(ChangeFeed feed, ChangeHints hints) {
    this.feed = feed;
    this.hints = hints;
  }

  /** {@code GET …/changes?after=REVISION&limit=N&wait=SECONDS}. */
  Future<Void> get(RoutingContext context) {
    long after = number(context, "after", 0, 0, Long.MAX_VALUE - 1);
    int limit = (int) number(context, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
    long wait = number(context, "wait", 0, 0, LONGEST_WAIT_SECONDS);
    return follow(context, after, limit, System.nanoTime() + wait * 1_000_000_000);
  }

  private Future<Void> follow(RoutingContext context, long after, int limit, long until) {
    return feed.after(Exchange.of(context).tenant(), after, limit)
        .compose(page -> {
          if (!page.whole()) {
            return Future.failedFuture(new ScimException(gone(after, page.latest())));
          }
          long left = (until - System.nanoTime()) / 1_000_000;
          if (!page.entries().isEmpty() || left <= 0 || hints.isDraining()) {
            return answer(context, after, page);
          }
          if (context.response().closed()) {
            return Future.succeededFuture();
          }
          return hints
              .next(Exchange.of(context).tenant(), Math.min(left, LOOK_MILLIS))
              .compose(hint -> follow(context, after, limit, until));
        });
  }

  private static Future<Void> answer(RoutingContext context, long after, ChangeFeed.Page page) {
    long last = page.entries().isEmpty() ? after : page.entries().getLast().revision();
    JsonAnswer answer = new JsonAnswer(context, 200);
    answer.append("{\"after\":").append(last);
    answer.append(",\"latest\":").append(page.latest()).append(",\"changes\":[");
    return write(answer, page.entries().iterator(), "")
        .onSuccess(written -> answer.append("]}").end());
  }

  private static Future<Void> write(
      JsonAnswer answer, Iterator<ChangeFeed.Entry> entries, String separator) {
    String before = separator;
    while (entries.hasNext()) {
      answer.append(before).append(entries.next().json());
      before = ",";
      if (answer.isLarge()) {
        return answer.flush().compose(sent -> write(answer, entries, ","));
      }
    }
    return Future.succeededFuture();
  }

  /** RFC 9110 §15.5.11: what was asked for is there no longer. */
  private static ScimError gone(long after, long latest) {
    return ScimError.of(
        410,
        "Expected to follow on revision "
            + after
            + ", but not all changes since are kept, or it lies ahead; read the users and groups"
            + " anew and go on after revision "
            + latest);
  }

  private static long number(
      RoutingContext context, String name, long absent, long least, long most) {
    List<String> values = QueryParameters.of(context).all(name);
    if (values.isEmpty()) {
      return absent;
    }
    String value = values.getLast();
    if (value.matches("\\d{1,18}")
        && Long.parseLong(value) >= least
        && Long.parseLong(value) <= most) {
      return Long.parseLong(value);
    }
    throw new ScimException(
        ScimError.badRequest(
            ScimType.INVALID_VALUE,
            "Expected the parameter "
                + name
                + " to be a number from "
                + least
                + (most < Long.MAX_VALUE - 1 ? " to " + most : " on")
                + ", but it is not"));
  }
}
