package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.store.ListRequest.Start;
import com.phonemos.scim.engine.store.ListSql.Statement;
import com.phonemos.scim.engine.store.PageMemory.Remembered;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Pages of resources, in a stable order, with exact totals. */
public final class ResourceList {
  private static final int REMEMBERED = 10_000;

  private final ReadDatabase database;
  private final PageMemory memory = new PageMemory(REMEMBERED);

  public ResourceList(ReadDatabase database) {
    this.database = database;
  }

  /**
   * A page of resources.
   *
   * @param total all that match, not only these
   * @param previous where the page before this one ends; empty where there is none
   * @param next where the page after this one starts; empty where there is none
   */
  public record Page(
      long total,
      List<StoredResource> resources,
      Optional<Position> previous,
      Optional<Position> next) {}

  /** A page as it was read, with what is true of its moment. */
  private record Slice(List<Row> rows, boolean hasMore) {
    Optional<Row> first() {
      return rows.stream().findFirst();
    }
  }

  /**
   * Reads a page.
   *
   * @return fails with a {@link com.phonemos.scim.engine.scim.protocol.ScimException} 400 tooMany
   *     when it would cost too much, 429 when the tenant searches too much already
   */
  public Future<Page> page(ListRequest request) {
    if (request.limit() == 0) {
      return total(request)
          .map(total -> new Page(total, List.of(), Optional.empty(), Optional.empty()));
    }
    return switch (request.start()) {
      case Start.Index index when index.number() > 1 -> numbered(request, index.number());
      case Start.Index first -> read(request).compose(slice -> page(request, slice));
      case Start.After after -> read(request).compose(slice -> page(request, slice));
      case Start.Before before -> read(request).compose(slice -> page(request, slice));
    };
  }

  private Future<Page> numbered(ListRequest request, long number) {
    Optional<Remembered> remembered = memory.at(request, number);
    if (remembered.isEmpty()) {
      return skip(request, number);
    }
    ListRequest continued = request.from(new Start.After(remembered.get().position()));
    return read(continued, Optional.of(remembered.get().revision()))
        .compose(slice -> {
          boolean holds = slice.first().filter(row -> !row.getBoolean("moved")).isPresent();
          return holds ? page(request, slice) : skip(request, number);
        });
  }

  /** Counts through the rows before a number; only their keys are read. */
  private Future<Page> skip(ListRequest request, long number) {
    Statement statement = ListSql.skip(request, number - 1);
    return database
        .search(request.tenant(), statement.text(), statement.tuple())
        .compose(rows -> {
          if (rows.size() == 0) {
            return total(request)
                .map(total -> new Page(total, List.of(), Optional.empty(), Optional.empty()));
          }
          Position before = position(rows.iterator().next());
          return read(request.from(new Start.After(before))).compose(slice -> page(request, slice));
        });
  }

  private Future<Slice> read(ListRequest request) {
    return read(request, Optional.empty());
  }

  private Future<Slice> read(ListRequest request, Optional<Long> since) {
    Statement statement = ListSql.page(request, since);
    return run(request, request.isWhole() || request.isLookup(), statement)
        .map(found -> {
          List<Row> rows = new ArrayList<>(found.size());
          found.forEach(rows::add);
          boolean hasMore = rows.size() > request.limit();
          List<Row> page = hasMore ? rows.subList(0, request.limit()) : rows;
          if (request.start() instanceof Start.Before) {
            Collections.reverse(page);
          }
          return new Slice(page, hasMore);
        });
  }

  private Future<Page> page(ListRequest request, Slice slice) {
    return total(request, slice)
        .map(total -> {
          remember(request, slice, total);
          boolean backwards = request.start() instanceof Start.Before;
          boolean isFirst =
              backwards ? !slice.hasMore() : request.start().equals(new Start.Index(1));
          boolean isLast = !backwards && !slice.hasMore();
          return new Page(
              total,
              slice.rows().stream().map(ResourceQuery::resource).toList(),
              isFirst ? Optional.empty() : slice.first().map(ResourceList::position),
              isLast ? Optional.empty() : last(slice).map(ResourceList::position));
        });
  }

  private void remember(ListRequest request, Slice slice, long total) {
    if (slice.hasMore() && request.start() instanceof Start.Index index) {
      Row last = slice.rows().getLast();
      memory.remember(
          request,
          index.number() + slice.rows().size(),
          new Remembered(last.getLong("tenant_revision"), position(last), total));
    }
  }

  /** Without a statement of its own where the page tells it. */
  private Future<Long> total(ListRequest request, Slice slice) {
    if (slice.rows().isEmpty()) {
      return request.start().equals(new Start.Index(1))
          ? Future.succeededFuture(0L)
          : total(request);
    }
    Row row = slice.rows().getFirst();
    if (!request.isFiltered()) {
      return Future.succeededFuture(ofTenant(request, row));
    }
    if (request.start() instanceof Start.Index index) {
      if (!slice.hasMore()) {
        return Future.succeededFuture(index.number() - 1 + slice.rows().size());
      }
      Optional<Remembered> remembered = memory.at(request, index.number());
      if (remembered.filter(at -> at.revision() == row.getLong("tenant_revision")).isPresent()) {
        return Future.succeededFuture(remembered.get().total());
      }
    }
    return total(request);
  }

  private Future<Long> total(ListRequest request) {
    if (!request.isFiltered()) {
      return database
          .lookUp(
              "SELECT user_count, group_count FROM tenant WHERE id = $1",
              Tuple.of(request.tenant().value()))
          .map(rows -> rows.size() == 0 ? 0L : ofTenant(request, rows.iterator().next()));
    }
    return run(request, request.isLookup(), ListSql.count(request))
        .map(rows -> rows.iterator().next().getLong("total"));
  }

  private static long ofTenant(ListRequest request, Row row) {
    return request.selections().stream()
        .mapToLong(selection -> row.getLong(counter(selection.type())))
        .sum();
  }

  private static String counter(ResourceType type) {
    return switch (type) {
      case USER -> "user_count";
      case GROUP -> "group_count";
    };
  }

  private Future<RowSet<Row>> run(ListRequest request, boolean lookup, Statement statement) {
    return lookup
        ? database.lookUp(statement.text(), statement.tuple())
        : database.search(request.tenant(), statement.text(), statement.tuple());
  }

  private static Optional<Row> last(Slice slice) {
    return slice.rows().isEmpty() ? Optional.empty() : Optional.of(slice.rows().getLast());
  }

  private static Position position(Row row) {
    return new Position(Optional.ofNullable(row.getString("key")), row.getUUID("id"));
  }
}
