package com.phonemos.scim.engine.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.scim.protocol.ScimError;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.resource.Dialect;
import com.phonemos.scim.engine.scim.resource.Storable;
import com.phonemos.scim.engine.scim.resource.ValueReader;
import com.phonemos.scim.engine.scim.schema.Attribute;
import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResolvedPath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import com.phonemos.scim.engine.scim.schema.Urn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The body of a PATCH as operations free of dialect (RFC 7644 §3.5.2): each has a path in the
 * schema's spelling and a value of the attribute's type. What identity providers write otherwise is
 * translated here and nowhere else; each such place names its evidence.
 */
public final class PatchReader {
  /** Operations in one request at most. */
  public static final int MAX_OPERATIONS = 1_000;

  private static final AttributePath ACTIVE = AttributePath.of("active");

  private final SchemaRegistry schemas;
  private final ResourceType type;
  private final boolean strict;
  private final ValueReader values;
  private final MemberChangeReader members;
  private final List<PatchOperation> operations = new ArrayList<>();
  private final List<MemberChange> memberChanges = new ArrayList<>();

  private PatchReader(SchemaRegistry schemas, ResourceType type, Dialect dialect, JsonNode all) {
    this.schemas = schemas;
    this.type = type;
    this.strict = dialect == Dialect.STRICT;
    this.values = ValueReader.of(dialect);
    this.members = new MemberChangeReader(dialect, all);
  }

  /**
   * Reads the body of a PATCH.
   *
   * @throws ScimException 400 with the scimType that RFC 7644 §3.5.2 names for the case; 413 for
   *     too many operations
   */
  public static Patch read(
      SchemaRegistry schemas, ResourceType type, Dialect dialect, ObjectNode body) {
    JsonNode all = member(body, "Operations");
    if (!all.isArray() || all.isEmpty()) {
      throw syntax("Expected Operations to be an array of at least one operation");
    }
    if (all.size() > MAX_OPERATIONS) {
      throw new ScimException(
          ScimError.of(
              413, "Expected at most " + MAX_OPERATIONS + " operations, but there are more"));
    }
    PatchReader reader = new PatchReader(schemas, type, dialect, all);
    reader.requireSchema(member(body, "schemas"));
    for (JsonNode operation : all) {
      reader.operation(operation);
    }
    return new Patch(schemas, type, reader.operations, reader.memberChanges);
  }

  /** Some clients leave it out [O C29]; what else stands there has no meaning. */
  private void requireSchema(JsonNode urns) {
    boolean named = false;
    for (JsonNode urn : urns) {
      named |= urn.asText().equalsIgnoreCase(Urn.PATCH_OP);
    }
    if (strict && !named) {
      throw syntax("Expected schemas to hold " + Urn.PATCH_OP + ", but it does not");
    }
  }

  private void operation(JsonNode operation) {
    if (!(operation instanceof ObjectNode object)) {
      throw syntax("Expected every operation to be an object, but one is none");
    }
    PatchOperation.Op op = op(member(object, "op"));
    JsonNode path = member(object, "path");
    JsonNode value = member(object, "value");
    if (value.isMissingNode() && op != PatchOperation.Op.REMOVE) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected a value to add or replace, but there is none");
    }
    if (path.isTextual() && isForeign(path.textValue())) {
      Storable.require(value);
      return; // As in a body; a deactivation beside it must not fail [R F2].
    }
    if (path.isTextual()) {
      targeted(op, PathReader.read(schemas, type, path.textValue()), value);
    } else if (path.isMissingNode() || path.isNull()) {
      withoutPath(op, value);
    } else {
      throw ScimException.badRequest(
          ScimType.INVALID_PATH, "Expected path to be a text, but it is another kind of value");
    }
  }

  /** Entra capitalises ("Add", "Replace", "Remove") [D E1, O C1]. */
  private PatchOperation.Op op(JsonNode op) {
    String word = op.isTextual() ? op.textValue() : "";
    return switch (strict ? word : word.toLowerCase(Locale.ROOT)) {
      case "add" -> PatchOperation.Op.ADD;
      case "remove" -> PatchOperation.Op.REMOVE;
      case "replace" -> PatchOperation.Op.REPLACE;
      default -> throw syntax("Expected op to be add, remove or replace, but it is none of these");
    };
  }

  /**
   * RFC 7644 §3.5.2.1 and §3.5.2.3: without a path the value is an object of attributes. Okta sends
   * all updates so [D K1]; Entra with its compliance flag adds dotted and URN-prefixed keys [O C6,
   * D E2].
   */
  private void withoutPath(PatchOperation.Op op, JsonNode value) {
    if (op == PatchOperation.Op.REMOVE) {
      throw ScimException.badRequest(
          ScimType.NO_TARGET, "Expected a path to remove, but there is none");
    }
    if (strict) {
      // draft-zollner-scim-interop-profile: every operation names its path.
      throw ScimException.badRequest(
          ScimType.INVALID_PATH, "Expected a path in every operation, but there is none");
    }
    if (!(value instanceof ObjectNode attributes)) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected the value of an operation without a path to be an object of attributes");
    }
    for (Map.Entry<String, JsonNode> entry : attributes.properties()) {
      attribute(op, entry.getKey(), entry.getValue());
    }
  }

  private void attribute(PatchOperation.Op op, String name, JsonNode value) {
    if (name.equalsIgnoreCase(type.schema()) && value instanceof ObjectNode attributes) {
      withoutPath(op, attributes);
      return;
    }
    if (isForeign(name)) {
      Storable.require(value);
      return;
    }
    PatchTarget target = PathReader.read(schemas, type, name);
    Attribute attribute = target.resolved().attribute();
    if (schemas.extensions(type).contains(attribute.name())
        && value instanceof ObjectNode members) {
      members
          .properties()
          .forEach(
              entry -> attribute(op, attribute.name() + ':' + entry.getKey(), entry.getValue()));
    } else if (isReadOnly(target.resolved())) {
      Storable.require(value); // Okta names the id with every group change, echoes meta [D K1].
    } else {
      targeted(op, target, value);
    }
  }

  /** What stands under a URN that is not ours belongs to somebody else's extension. */
  private boolean isForeign(String path) {
    if (strict || !path.regionMatches(true, 0, "urn:", 0, 4)) {
      return false;
    }
    return Stream.concat(Stream.of(type.schema()), schemas.extensions(type).stream())
        .noneMatch(urn -> path.regionMatches(true, 0, urn, 0, urn.length()));
  }

  private void targeted(PatchOperation.Op op, PatchTarget target, JsonNode value) {
    ResolvedPath resolved = target.resolved();
    if (type == ResourceType.GROUP && resolved.path().name().equals("members")) {
      memberChanges.addAll(members.read(op, target, value));
      return;
    }
    if (isReadOnly(resolved)) {
      throw ScimException.badRequest(
          ScimType.MUTABILITY,
          "Expected an attribute that may be changed, but " + resolved.path() + " is read-only");
    }
    if (resolved.parent().returned() == Attribute.Returned.NEVER) {
      return; // A password is accepted and forgotten: logins are Keycloak's.
    }
    PatchPath path = new PatchPath(resolved.path(), target.filter(), !strict);
    if (op == PatchOperation.Op.REMOVE) {
      operations.add(new PatchOperation(op, path, listed(target, value)));
      return;
    }
    Optional<JsonNode> read = value(target, value);
    if (read.isPresent()) {
      operations.add(new PatchOperation(op, path, read));
    } else if (op == PatchOperation.Op.REPLACE || value.isTextual()) {
      clear(path, resolved);
    }
  }

  /** {@code null} and {@code ""} clear an attribute [D E10, SCIM_Null_Update]. */
  private void clear(PatchPath path, ResolvedPath resolved) {
    if (resolved.path().equals(ACTIVE)) {
      // Without a value the user would count as active again.
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, "Expected active to be true or false, but it is neither");
    }
    if (resolved.attribute().required() && resolved.path().subAttribute().isEmpty()) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          "Expected a value for " + resolved.path() + ", because it is required");
    }
    operations.add(new PatchOperation(PatchOperation.Op.REMOVE, path, Optional.empty()));
  }

  /** The value in the attribute's type; empty when it clears the attribute. */
  private Optional<JsonNode> value(PatchTarget target, JsonNode value) {
    Attribute attribute = target.resolved().attribute();
    if (value.isTextual() && value.textValue().isEmpty()) {
      return Optional.empty();
    }
    if (target.filter().isPresent() && target.resolved().path().subAttribute().isEmpty()) {
      return values.element(attribute, only(value));
    }
    // OneLogin sends one e-mail address as an object instead of an array [R S15].
    boolean oneOfMany = !strict && attribute.multiValued() && !value.isArray() && !value.isNull();
    return values.read(
        attribute, oneOfMany ? JsonNodeFactory.instance.arrayNode().add(value) : value);
  }

  /** Entra lists the values that it removes [D E1]; like members, for other attributes too. */
  private Optional<JsonNode> listed(PatchTarget target, JsonNode value) {
    boolean lists =
        target.filter().isEmpty()
            && target.resolved().path().subAttribute().isEmpty()
            && target.resolved().attribute().multiValued();
    if (strict && !value.isMissingNode()) {
      throw syntax("Expected no value to remove by, but there is one: use a value filter");
    }
    return lists && value.isContainerNode() && !value.isEmpty()
        ? value(target, value)
        : Optional.empty();
  }

  private static JsonNode only(JsonNode value) {
    return value.isArray() && value.size() == 1 ? value.get(0) : value;
  }

  private static boolean isReadOnly(ResolvedPath path) {
    return path.path().name().equals("schemas")
        || path.parent().mutability() == Attribute.Mutability.READ_ONLY
        || path.attribute().mutability() == Attribute.Mutability.READ_ONLY;
  }

  /** RFC 7643 §2.1: names are compared without regard to case. */
  private static JsonNode member(ObjectNode object, String name) {
    JsonNode exact = object.path(name);
    if (!exact.isMissingNode()) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return exact;
  }

  private static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, detail);
  }
}
