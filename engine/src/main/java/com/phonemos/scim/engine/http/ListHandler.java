package com.phonemos.scim.engine.http;

import com.phonemos.scim.engine.scim.filter.FilterShape;
import com.phonemos.scim.engine.scim.protocol.Projection;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.TenantId;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.scim.schema.Urn;
import com.phonemos.scim.engine.scim.search.Paging;
import com.phonemos.scim.engine.scim.search.SearchReader;
import com.phonemos.scim.engine.scim.search.SearchRequest;
import com.phonemos.scim.engine.scim.search.Selection;
import com.phonemos.scim.engine.store.ListRequest;
import com.phonemos.scim.engine.store.ListRequest.Start;
import com.phonemos.scim.engine.store.ResourceList;
import com.phonemos.scim.engine.store.ResourceList.Page;
import com.phonemos.scim.engine.store.ResourceQuery;
import com.phonemos.scim.engine.store.TenantPolicy.UrlFilter;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lists of one resource type or, at the root, of all (RFC 7644 §3.4.2 and §3.4.3, RFC 9865). */
final class ListHandler {
  private final List<ResourceType> types;
  private final ResourceQuery query;
  private final ResourceList list;
  private final Cursors cursors;
  private final HttpLimits limits;

  ListHandler(
      List<ResourceType> types,
      ResourceQuery query,
      ResourceList list,
      Cursors cursors,
      HttpLimits limits) {
    this.types = types;
    this.query = query;
    this.list = list;
    this.cursors = cursors;
    this.limits = limits;
  }

  /** RFC 7644 §3.4.2: the query is in the URL. */
  Future<Void> get(RoutingContext context) {
    SearchRequest search = SearchReader.parameters(QueryParameters.of(context)::all);
    if (Exchange.of(context).credential().policy().urlFilter() == UrlFilter.REFUSE_PERSONAL
        && search.filter().filter(FilterShape::isPersonal).isPresent()) {
      throw new ScimException(
          new ScimError(
              403,
              Optional.of(ScimType.SENSITIVE),
              "Expected no personal data in a URL, but the filter names some; POST it to"
                  + " /.search"));
    }
    return answer(context, search);
  }

  /** RFC 7644 §3.4.3: the query is in the body, where no log of URLs shows it. */
  Future<Void> search(RoutingContext context) {
    return answer(context, SearchReader.body(RequestReader.body(context)));
  }

  private Future<Void> answer(RoutingContext context, SearchRequest search) {
    SchemaRegistry schemas = Exchange.of(context).schemas();
    Map<ResourceType, Projection> projections = new EnumMap<>(ResourceType.class);
    for (ResourceType type : types) {
      projections.put(
          type, Projection.parse(schemas, type, search.attributes(), search.excludedAttributes()));
    }
    List<Selection> selections = Selection.of(schemas, types, search);
    boolean descending = search.sortBy().isPresent() && search.descending();
    String cursorContext = cursorContext(selections, descending);
    TenantId tenant = Exchange.of(context).tenant();
    ListRequest request =
        new ListRequest(
            tenant,
            schemas,
            selections,
            descending,
            start(tenant, cursorContext, search.paging()),
            (int) Math.min(search.count().orElse(limits.defaultPage()), limits.maxPage()),
            Exchange.of(context).base(),
            withReferences(projections));
    return list.page(request)
        .compose(page -> {
          JsonAnswer answer = new JsonAnswer(context, 200);
          answer
              .append("{\"schemas\":[\"")
              .append(Urn.LIST_RESPONSE)
              .append("\"],\"totalResults\":");
          answer.append(page.total());
          answer.append(",\"itemsPerPage\":").append(page.resources().size());
          switch (search.paging()) {
            case Paging.Index index -> answer.append(",\"startIndex\":").append(index.startIndex());
            case Paging.Cursor cursor -> cursors(answer, tenant, cursorContext, page);
          }
          answer.append(",\"Resources\":[");
          return new ResourceWriter(query, context, projections)
              .write(answer, page.resources().iterator())
              .onSuccess(written -> answer.append("]}").end());
        });
  }

  private void cursors(JsonAnswer answer, TenantId tenant, String cursorContext, Page page) {
    page.previous()
        .map(position -> cursors.before(tenant, cursorContext, position))
        .ifPresent(cursor -> answer.append(",\"previousCursor\":\"").append(cursor).append("\""));
    page.next()
        .map(position -> cursors.after(tenant, cursorContext, position))
        .ifPresent(cursor -> answer.append(",\"nextCursor\":\"").append(cursor).append("\""));
  }

  private Start start(TenantId tenant, String cursorContext, Paging paging) {
    return switch (paging) {
      case Paging.Index index -> new Start.Index(index.startIndex());
      case Paging.Cursor cursor when cursor.isFirst() -> new Start.Index(1);
      case Paging.Cursor cursor -> cursors.open(tenant, cursorContext, cursor.value());
    };
  }

  /** What a cursor is bound to: the query without its page. */
  private static String cursorContext(List<Selection> selections, boolean descending) {
    return selections.stream()
        .map(selection ->
            selection.type()
                + " "
                + selection.filter().map(Object::toString).orElse("")
                + " by "
                + selection.sortBy().map(sortBy -> sortBy.path().toString()).orElse(""))
        .collect(Collectors.joining("\n", "", descending ? "\ndescending" : ""));
  }

  /** Members and groups are read only where they are answered. */
  private static Set<ResourceType> withReferences(Map<ResourceType, Projection> projections) {
    Predicate<ResourceType> answered =
        type ->
            !projections
                .getOrDefault(type, Projection.DEFAULT)
                .leavesOut(ResourceBody.referencesOf(type));
    return projections.keySet().stream().filter(answered).collect(Collectors.toUnmodifiableSet());
  }
}
