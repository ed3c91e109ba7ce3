package com.phonemos.scim.engine.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A bulk request in the order in which it can be done: as sent, except that an operation comes
 * after those whose {@code bulkId} it names (RFC 7644 §3.7.2). Every POST has its id already, so
 * that references are resolved before anything is done.
 *
 * @param failOnErrors after so many refusals the rest is not done; 0 for never
 */
public record BulkPlan(int failOnErrors, List<Step> steps) {
  private static final String REFERENCE = "bulkId:";

  /** One operation, or why it cannot be one. */
  public sealed interface Step {
    /** Its place in the request. */
    int place();

    /** As in the request; absent where it had none. */
    Optional<String> bulkId();

    /**
     * To be done.
     *
     * @param operation with references resolved
     * @param id of its resource, a new one for a POST; empty for what is no id of ours
     * @param needs indexes of the steps before it that it names
     */
    record Ready(int place, BulkOperation operation, Optional<UUID> id, Set<Integer> needs)
        implements Step {
      @Override
      public Optional<String> bulkId() {
        return operation.bulkId();
      }
    }

    /** Not to be done. */
    record Refused(int place, Optional<String> bulkId, String method, ScimError error)
        implements Step {}
  }

  /**
   * Reads and orders a bulk request.
   *
   * @param ids makes the ids of what is created
   * @throws ScimException 400 invalidSyntax or invalidValue; 413 for too many operations
   */
  public static BulkPlan of(ObjectNode body, int maxOperations, Supplier<UUID> ids) {
    JsonNode operations = body.path("Operations");
    if (!operations.isArray() || operations.isEmpty()) {
      throw ScimException.badRequest(
          ScimType.INVALID_SYNTAX, "Expected Operations to be an array of at least one operation");
    }
    if (operations.size() > maxOperations) {
      throw new ScimException(
          ScimError.of(
              413, "Expected at most " + maxOperations + " operations, but there are more"));
    }
    JsonNode limit = body.path("failOnErrors");
    if (!limit.isMissingNode() && !(limit.isInt() && limit.intValue() > 0)) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected failOnErrors to be a number from 1, but it is not");
    }
    return new BulkPlan(limit.asInt(0), new Sorting(operations, ids).steps());
  }

  /** Takes operations in the order of the request as soon as all they name are taken. */
  private static final class Sorting {
    private final List<Step> steps = new ArrayList<>();
    private final Map<Integer, BulkOperation> read = new HashMap<>();
    private final Map<String, Integer> posts = new HashMap<>();
    private final Map<Integer, UUID> created = new HashMap<>();
    private final Map<Integer, Set<Integer>> named = new HashMap<>();
    private final Map<Integer, Integer> stepOf = new HashMap<>();
    private final int size;

    Sorting(JsonNode operations, Supplier<UUID> ids) {
      this.size = operations.size();
      for (int place = 0; place < size; place++) {
        read(place, operations.get(place), ids);
      }
    }

    private void read(int place, JsonNode operation, Supplier<UUID> ids) {
      BulkOperation one;
      try {
        one = BulkOperation.read(operation);
      } catch (ScimException refused) {
        refuse(place, operation, refused.error());
        return;
      }
      read.put(place, one);
      if (one.method() == BulkOperation.Method.POST) {
        if (posts.putIfAbsent(one.bulkId().orElseThrow(), place) != null) {
          // Nobody could tell which of the two the others name.
          throw ScimException.badRequest(
              ScimType.INVALID_SYNTAX, "Expected every bulkId once, but one is there twice");
        }
        created.put(place, ids.get());
      }
    }

    private void refuse(int place, JsonNode operation, ScimError error) {
      String bulkId = operation.path("bulkId").asText();
      stepOf.put(place, steps.size());
      steps.add(
          new Step.Refused(
              place,
              Optional.of(bulkId).filter(text -> !text.isEmpty()),
              operation.path("method").asText(),
              error));
    }

    List<Step> steps() {
      Map<Integer, List<Integer>> waitedFor = new HashMap<>();
      Map<Integer, Integer> missing = new HashMap<>();
      PriorityQueue<Integer> ready = new PriorityQueue<>();
      for (Map.Entry<Integer, BulkOperation> one : List.copyOf(read.entrySet())) {
        Set<Integer> names = names(one.getKey(), one.getValue());
        int open = 0;
        for (int name : names) {
          if (!stepOf.containsKey(name)) {
            waitedFor.computeIfAbsent(name, absent -> new ArrayList<>()).add(one.getKey());
            open++;
          }
        }
        missing.put(one.getKey(), open);
        if (open == 0) {
          ready.add(one.getKey());
        }
      }
      while (!ready.isEmpty()) {
        int place = ready.remove();
        take(place);
        for (int waiting : waitedFor.getOrDefault(place, List.of())) {
          if (missing.merge(waiting, -1, Integer::sum) == 0) {
            ready.add(waiting);
          }
        }
      }
      read.forEach((place, operation) -> {
        if (!stepOf.containsKey(place)) {
          steps.add(
              new Step.Refused(
                  place,
                  operation.bulkId(),
                  operation.method().name(),
                  ScimError.of(
                      409, "Expected bulkIds to be resolved in turn, but they name each other")));
        }
      });
      return List.copyOf(steps);
    }

    /** The places of the POSTs that an operation names; itself where it names what is not there. */
    private Set<Integer> names(int place, BulkOperation operation) {
      Set<String> references = new LinkedHashSet<>();
      collect(operation.data(), references);
      if (operation.target().startsWith(REFERENCE)) {
        references.add(operation.target().substring(REFERENCE.length()));
      }
      Set<Integer> places = new LinkedHashSet<>();
      for (String reference : references) {
        Optional.ofNullable(posts.get(reference)).ifPresent(places::add);
      }
      named.put(place, places);
      return places;
    }

    private static void collect(JsonNode node, Set<String> references) {
      if (node.isTextual() && node.textValue().startsWith(REFERENCE)) {
        references.add(node.textValue().substring(REFERENCE.length()));
      }
      node.forEach(child -> collect(child, references));
    }

    private void take(int place) {
      BulkOperation sent = Optional.ofNullable(read.get(place)).orElseThrow();
      Set<Integer> needs = new LinkedHashSet<>();
      named.getOrDefault(place, Set.of()).forEach(name -> needs.add(stepOf.get(name)));
      String target = resolved(sent.target());
      BulkOperation operation =
          new BulkOperation(
              sent.method(),
              sent.bulkId(),
              sent.version(),
              sent.type(),
              target,
              (ObjectNode) resolved(sent.data()));
      UUID made = created.get(place);
      stepOf.put(place, steps.size());
      steps.add(
          new Step.Ready(place, operation, made == null ? id(target) : Optional.of(made), needs));
    }

    private JsonNode resolved(JsonNode node) {
      return switch (node) {
        case ObjectNode object -> {
          ObjectNode copy = JsonNodeFactory.instance.objectNode();
          object.properties().forEach(one -> copy.set(one.getKey(), resolved(one.getValue())));
          yield copy;
        }
        case ArrayNode array -> {
          ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
          array.forEach(element -> copy.add(resolved(element)));
          yield copy;
        }
        default ->
            node.isTextual() && node.textValue().startsWith(REFERENCE)
                ? JsonNodeFactory.instance.textNode(resolved(node.textValue()))
                : node;
      };
    }

    /** What is no bulkId of this request stays as it is, and is refused as any other value. */
    private String resolved(String text) {
      return text.startsWith(REFERENCE)
          ? Optional.ofNullable(posts.get(text.substring(REFERENCE.length())))
              .flatMap(place -> Optional.ofNullable(created.get(place)))
              .map(UUID::toString)
              .orElse(text)
          : text;
    }

    private static Optional<UUID> id(String text) {
      try {
        return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
      } catch (IllegalArgumentException notAnId) {
        return Optional.empty();
      }
    }
  }
}
