package com.phonemos.scim.conformance.rfc7643;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import com.phonemos.scim.conformance.wire.Unmet;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** RFC 7643 §2: attributes and their values. */
final class S2_Attributes {
  private S2_Attributes() {}

  static Section section() {
    return Section.rfc("rfc7643/2", "Attributes")
        .must("names-ignore-case")
        .clause("Attribute names are case insensitive (§2.1)")
        .sends("POST /Users with USERNAME and DisplayName")
        .requires("201, the values under their names of the schema")
        .run(scim -> {
          ObjectNode user = scim.user("a");
          user.set("USERNAME", user.remove("userName"));
          user.set("DisplayName", user.remove("displayName"));
          scim.post("/Users", user)
              .status(201)
              .equal("/userName", scim.name("a"))
              .equal("/displayName", "Ada a");
        })
        .must("dates-are-xsd-datetime")
        .clause(
            "A dateTime value MUST be encoded as a valid xsd:dateTime and MUST include both a date"
                + " and a time (§2.3.5)")
        .sends("POST /Users")
        .requires("meta.created and meta.lastModified with date, time and offset")
        .run(scim -> {
          Answer user = scim.createUser("a");
          moment(user, "/meta/created");
          moment(user, "/meta/lastModified");
        })
        .must("null-is-unassigned")
        .clause(
            "Unassigned attributes, the null value, or an empty array are considered equivalent in"
                + " state (§2.5)")
        .sends("POST /Users with title null and phoneNumbers []")
        .requires("201, and neither is there, or both are empty")
        .run(scim -> {
          ObjectNode user = scim.user("a").putNull("title");
          user.putArray("phoneNumbers");
          Answer created = scim.post("/Users", user).status(201);
          created.absent("/title").absent("/phoneNumbers");
        })
        .must("booleans-are-json-booleans")
        .clause("A boolean value has no case sensitivity and is the literal true or false (§2.3.2)")
        .sends("GET of a user created with active true")
        .requires("active is the JSON value true")
        .run(scim ->
            scim.get("/Users/" + scim.createUser("a").id()).status(200).equal("/active", true))
        .must("primary-at-most-once")
        .clause("The primary attribute value true MUST appear no more than once (§2.4)")
        .sends("POST /Users with two primary work e-mail addresses")
        .requires("a refusal, or a user with at most one primary address")
        .run(scim -> {
          ObjectNode user = scim.user("a");
          user.withArray("emails")
              .add(
                  Json.of(
                      "{'value': '%s', 'type': 'home', 'primary': true}"
                          .formatted(scim.name("b"))));
          Answer created = scim.post("/Users", user);
          if (created.status() != 201) {
            created.refused();
            return;
          }
          long primaries =
              created.each("/emails").stream().filter(e -> e.path("primary").asBoolean()).count();
          created.check(primaries <= 1, "at most one primary address", primaries + " are primary");
        })
        .must("multi-valued-keeps-all-values")
        .clause("Multi-valued attributes contain a list of elements (§2.4)")
        .sends("POST /Users with three e-mail addresses, then GET")
        .requires("all three")
        .run(scim -> {
          ObjectNode user = scim.user("a");
          user.withArray("emails")
              .add(Json.of("{'value': '%s', 'type': 'home'}".formatted(scim.name("b"))));
          user.withArray("emails")
              .add(Json.of("{'value': '%s', 'type': 'other'}".formatted(scim.name("c"))));
          String id = scim.post("/Users", user).status(201).id();
          scim.get("/Users/" + id)
              .size("/emails", 3)
              .contains("/emails", scim.name("b"))
              .contains("/emails", scim.name("c"));
        })
        .must("unicode-is-kept")
        .clause("SCIM strings are sequences of Unicode characters (§2.3.1)")
        .sends("POST /Users with names in five scripts and an emoji, then GET")
        .requires("the same characters")
        .run(scim -> {
          String name = "Żółć Ελένη 山田 عمر Ñandú \uD83D\uDE80";
          ObjectNode user = scim.user("a").put("displayName", name);
          String id = scim.post("/Users", user).status(201).id();
          scim.get("/Users/" + id).equal("/displayName", name);
        });
  }

  private static void moment(Answer answer, String pointer) {
    answer.present(pointer);
    try {
      OffsetDateTime.parse(answer.text(pointer));
    } catch (DateTimeParseException wrong) {
      throw new Unmet(pointer + " as xsd:dateTime with an offset", answer.text(pointer));
    }
  }
}
