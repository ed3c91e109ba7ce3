package com.phonemos.scim.engine.store;

import com.phonemos.scim.engine.scim.schema.AttributePath;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;

/**
 * Where PostgreSQL finds the attributes of {@code r}, a row of a resource: most of them in its
 * JSON, the server's own in columns, references in a table.
 */
final class AttributeSql {
  private final SchemaRegistry schemas;
  private final ResourceType type;
  private final SqlParameters parameters;
  private final String base;

  /**
   * For the rows of one resource type.
   *
   * @param base absolute URL of the endpoint, as locations and references show it
   */
  AttributeSql(SchemaRegistry schemas, ResourceType type, SqlParameters parameters, String base) {
    this.schemas = schemas;
    this.type = type;
    this.parameters = parameters;
    this.base = base;
  }

  /** The value of an attribute, or the values of one that is kept in rows. */
  sealed interface Source {
    /** A {@code jsonb} expression; NULL where the attribute is absent. */
    record Json(String expression) implements Source {
      Json member(String name) {
        return new Json(expression + "->" + literal(name));
      }

      @Override
      public String elements() {
        // Lax: one value where the schema once had a single one is an array of one.
        return "jsonb_path_query(" + expression + ", 'lax $[*]')";
      }
    }

    /** A FROM item of one {@code jsonb} column. */
    record Rows(String elements) implements Source {}

    /** A FROM item of one {@code jsonb} column: the elements of a multi-valued attribute. */
    String elements();
  }

  /** The attribute that a path names, whatever sub-attribute it names too. */
  Source of(AttributePath path) {
    if (path.schema().isPresent()) {
      return new Source.Json("r.resource").member(path.schema().get()).member(path.name());
    }
    return switch (path.name()) {
      case "schemas" -> schemas();
      case "id" -> new Source.Json("to_jsonb(r.id)");
      case "meta" -> meta();
      case "members", "groups" ->
          new Source.Rows(
              "(SELECT f.element::jsonb FROM "
                  + ReferenceSql.of(type, parameters.add(base))
                  + " AS f)");
      default -> new Source.Json("r.resource").member(path.name());
    };
  }

  private Source.Json schemas() {
    StringBuilder present = new StringBuilder("(to_jsonb(ARRAY[" + literal(type.schema()) + "])");
    for (String extension : schemas.extensions(type)) {
      String urn = literal(extension);
      present.append(" || CASE WHEN r.resource ? ").append(urn);
      present.append(" THEN to_jsonb(ARRAY[").append(urn).append("]) ELSE '[]' END");
    }
    return new Source.Json(present.append(')').toString());
  }

  private Source.Json meta() {
    return new Source.Json(
        "jsonb_build_object('resourceType', "
            + literal(type.title())
            + ", 'created', r.created, 'lastModified', r.modified, 'location', "
            + parameters.add(base + type.endpoint() + '/')
            + "::text || r.id, 'version', 'W/\"' || r.revision || '\"')");
  }

  /** Of names and URNs, which a schema holds: no value of a request comes here. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
