package com.phonemos.scim.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.keycloak.TargetCheck;
import com.phonemos.scim.engine.store.AccessGuard;
import com.phonemos.scim.engine.store.Claim;
import com.phonemos.scim.engine.store.Difference;
import com.phonemos.scim.engine.store.Dossier;
import com.phonemos.scim.engine.store.DriftFindings;
import com.phonemos.scim.engine.store.DriftScans;
import com.phonemos.scim.engine.store.DueList;
import com.phonemos.scim.engine.store.Journal;
import com.phonemos.scim.engine.store.Recordings;
import com.phonemos.scim.engine.store.RequestLog;
import com.phonemos.scim.engine.store.TenantPolicy;
import com.phonemos.scim.engine.store.Tenants;
import com.phonemos.scim.engine.store.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What operators see, as JSON: the answers of the HTTP API and of {@code --json}. What is absent
 * has no member. The OpenAPI document holds the schemas.
 */
public final class AdminJson {
  private AdminJson() {}

  /** Of a list: {@code {"items": […]}}. */
  public static <T> ObjectNode list(List<T> items, Function<T, ? extends JsonNode> each) {
    ObjectNode list = object();
    list.set("items", array(items, each));
    return list;
  }

  public static ObjectNode tenant(Tenants.Tenant tenant) {
    ObjectNode json = object();
    json.put("slug", tenant.slug());
    json.put("id", tenant.id().toString());
    json.put("state", tenant.state().word());
    json.put("users", tenant.users());
    json.put("groups", tenant.groups());
    tenant.keycloak().ifPresent(realm -> json.put("keycloak", realm));
    return json.put("created", tenant.created().toString());
  }

  public static ObjectNode token(Tokens.Token token, Instant now) {
    ObjectNode json = object();
    json.put("id", token.id().toString());
    json.put("scope", token.scope().word());
    json.put("state", token.state(now));
    json.put("label", token.label());
    json.put("created", token.created().toString());
    putTime(json, "expires", token.expires());
    putTime(json, "revoked", token.revoked());
    putTime(json, "lastUsed", token.lastUsed());
    return json;
  }

  /** With its secret, this once. */
  public static ObjectNode issued(TokenAdministration.Issued token) {
    ObjectNode json = object();
    json.put("id", token.id().toString());
    json.put("secret", token.secret());
    putTime(json, "expires", token.expires());
    return json;
  }

  /** Every key with its value; which of them are decided, and what else they could be. */
  public static ObjectNode policy(TenantPolicy policy) {
    return list(
        List.of(TenantPolicy.Key.values()),
        key -> {
          ObjectNode json = object();
          json.put("key", key.word());
          json.put("value", policy.chosen(key));
          json.put("decided", policy.decides(key));
          json.set("choices", array(key.choices(), JsonNodeFactory.instance::textNode));
          return json.put("meaning", key.meaning());
        });
  }

  /** Whether all is well, and how far one got. */
  public static ObjectNode steps(List<TargetCheck.Finding> steps) {
    ObjectNode json = object();
    json.put("ok", steps.stream().allMatch(step -> step.problem().isEmpty()));
    json.set(
        "steps",
        array(
            steps,
            step -> {
              ObjectNode one = object();
              one.put("step", step.step());
              one.put("ok", step.problem().isEmpty());
              step.problem().ifPresent(problem -> one.put("problem", problem));
              return one;
            }));
    return json;
  }

  public static ObjectNode due(DueList.Due due) {
    ObjectNode json = object();
    json.put("kind", due.kind());
    json.put("id", due.id().toString());
    due.group().ifPresent(group -> json.put("group", group.toString()));
    json.put("attempts", due.attempts());
    due.reason().ifPresent(reason -> json.put("reason", reason));
    json.put("marked", due.marked().toString());
    putTime(json, "due", due.due());
    return json.put("givenUp", due.due().isEmpty());
  }

  public static ObjectNode recording(Recordings.Recording recording) {
    ObjectNode json = object();
    json.put("id", recording.id().toString());
    json.put("on", recording.on());
    json.put("started", recording.started().toString());
    json.put("ends", recording.ends().toString());
    json.put("exchanges", recording.exchanges());
    json.put("lost", recording.lost());
    json.put("bytes", recording.bytes());
    json.put("mostBytes", recording.mostBytes());
    return json.put("full", recording.full());
  }

  public static ObjectNode held(AccessGuard.Held held) {
    ObjectNode json = object();
    json.put("user", held.user().toString());
    held.userName().ifPresent(name -> json.put("userName", name));
    json.put("change", held.deleted() ? "deleted" : "deactivated");
    return json.put("since", held.since().toString());
  }

  public static ObjectNode drift(Inquiries.Drift drift) {
    ObjectNode json = object();
    DriftScans.State scan = drift.scan();
    ObjectNode state = json.putObject("scan");
    putTime(state, "started", scan.started());
    putTime(state, "finished", scan.finished());
    scan.problem().ifPresent(problem -> state.put("problem", problem));
    json.set("items", array(drift.findings(), AdminJson::finding));
    return json;
  }

  private static ObjectNode finding(DriftFindings.Reported reported) {
    DriftFindings.Finding finding = reported.finding();
    ObjectNode json = object();
    json.put("what", finding.what().word());
    json.put("kind", finding.kind().name());
    json.put("id", finding.id().toString());
    json.put("name", reported.name());
    if (!finding.group().equals(Claim.NO_GROUP)) {
      json.put("group", finding.group().toString());
      json.put("groupName", reported.groupName());
    }
    json.put("keycloak", finding.keycloakId());
    json.set(
        "fields",
        array(
            finding.differences().stream().map(Difference::field).toList(),
            JsonNodeFactory.instance::textNode));
    finding.author().ifPresent(author -> json.put("by", author.name()));
    json.put("found", reported.found().toString());
    putTime(json, "repaired", reported.repaired());
    reported.reason().ifPresent(reason -> json.put("reason", reason));
    return json;
  }

  public static ObjectNode request(RequestLog.Entry entry) {
    ObjectNode json = object();
    json.put("at", entry.at().toString());
    json.put("requestId", entry.requestId());
    entry.token().ifPresent(token -> json.put("token", token.toString()));
    json.put("method", entry.method());
    json.put("operation", entry.operation());
    entry.resourceType().ifPresent(type -> json.put("resourceType", type));
    entry.resourceId().ifPresent(id -> json.put("resource", id.toString()));
    entry.filter().ifPresent(filter -> json.put("filter", filter));
    json.put("status", entry.status());
    entry.scimType().ifPresent(type -> json.put("scimType", type));
    entry.detail().ifPresent(detail -> json.put("detail", detail));
    return json.put("milliseconds", entry.duration().toNanos() / 1e6);
  }

  public static ObjectNode change(Journal.Entry entry) {
    ObjectNode json = object();
    json.put("revision", entry.revision());
    json.put("at", entry.at().toString());
    json.put("actor", entry.actor().toString());
    json.put("requestId", entry.requestId());
    json.put("operation", entry.operation());
    json.put("resourceType", entry.resourceType());
    json.put("resource", entry.resource().toString());
    json.set("attributes", array(entry.attributes(), JsonNodeFactory.instance::textNode));
    return json;
  }

  public static ObjectNode explanation(Explanation explanation) {
    ObjectNode json = object();
    explanation
        .user()
        .ifPresent(user ->
            json.putObject("user")
                .put("id", user.id().toString())
                .put("active", user.active())
                .put("revision", user.revision())
                .put("modified", user.modified().toString()));
    json.set(
        "groups",
        array(
            explanation.groups(),
            group -> object().put("id", group.id().toString()).put("name", group.name())));
    explanation
        .membership()
        .ifPresent(membership -> json.set("membership", membership(membership)));
    json.set("changes", array(explanation.changes(), AdminJson::change));
    json.set("due", array(explanation.due(), AdminJson::due));
    explanation.account().ifPresent(account -> json.put("account", account));
    json.set("requests", array(explanation.requests(), AdminJson::request));
    return json;
  }

  private static ObjectNode membership(Explanation.Membership membership) {
    ObjectNode json = object();
    json.put("name", membership.name());
    membership.group().ifPresent(group -> json.put("group", group.toString()));
    json.put("member", membership.member());
    json.set("changes", array(membership.changes(), AdminJson::change));
    return json;
  }

  private static ObjectNode change(Dossier.Change change) {
    ObjectNode json = object();
    json.put("revision", change.revision());
    json.put("at", change.at().toString());
    json.put("requestId", change.requestId());
    json.put("operation", change.operation());
    json.set("attributes", array(change.attributes(), JsonNodeFactory.instance::textNode));
    return json;
  }

  private static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> each) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(each.apply(item)));
    return array;
  }

  private static void putTime(ObjectNode json, String name, Optional<Instant> time) {
    time.ifPresent(at -> json.put(name, at.toString()));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
