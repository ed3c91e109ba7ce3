package com.phonemos.scim.conformance.rfc7644;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.conformance.suite.Feature;
import com.phonemos.scim.conformance.suite.Scim;
import com.phonemos.scim.conformance.suite.Section;
import com.phonemos.scim.conformance.wire.Answer;
import com.phonemos.scim.conformance.wire.Json;
import java.util.List;

/** RFC 7644 §3.5.2: modifying with PATCH. Operations on values are tables. */
final class S3_5_2_Patch {
  /**
   * One PATCH of a user with title Engineer and one work address, and what must be there after.
   *
   * @param operation with {@code TAG} for the case's tag
   * @param place JSON pointer
   * @param value JSON that must be there; empty if nothing may be
   */
  private record Changes(String id, String operation, String place, String value) {}

  private static final String URN = Scim.USER + ":";

  private static final List<Changes> ADD =
      List.of(
          new Changes(
              "simple", "{'op': 'add', 'path': 'nickName', 'value': 'Ace'}", "/nickName", "'Ace'"),
          new Changes(
              "replaces-a-single-value",
              "{'op': 'add', 'path': 'title', 'value': 'Boss'}",
              "/title",
              "'Boss'"),
          new Changes(
              "without-path",
              "{'op': 'add', 'value': {'nickName': 'Ace', 'title': 'Boss'}}",
              "/nickName",
              "'Ace'"),
          new Changes(
              "sub-attribute",
              "{'op': 'add', 'path': 'name.middleName', 'value': 'M.'}",
              "/name/middleName",
              "'M.'"),
          new Changes(
              "complex-merges",
              "{'op': 'add', 'path': 'name', 'value': {'middleName': 'M.'}}",
              "/name/familyName",
              "'TAG'"),
          new Changes(
              "multi-valued-appends",
              "{'op': 'add', 'path': 'emails', 'value': [{'value': 'TAG2@suite.example', 'type':"
                  + " 'home'}]}",
              "/emails/1/value",
              "'TAG2@suite.example'"),
          new Changes(
              "multi-valued-single-object",
              "{'op': 'add', 'path': 'emails', 'value': {'value': 'TAG2@suite.example', 'type':"
                  + " 'home'}}",
              "/emails/1/value",
              "'TAG2@suite.example'"),
          new Changes(
              "path-ignores-case",
              "{'op': 'add', 'path': 'NICKNAME', 'value': 'Ace'}",
              "/nickName",
              "'Ace'"),
          new Changes(
              "full-urn-path",
              "{'op': 'add', 'path': '" + URN + "nickName', 'value': 'Ace'}",
              "/nickName",
              "'Ace'"),
          new Changes(
              "boolean", "{'op': 'add', 'path': 'active', 'value': false}", "/active", "false"),
          new Changes(
              "several-operations",
              "{'op': 'add', 'path': 'nickName', 'value': 'A'}, {'op': 'add', 'path': 'nickName',"
                  + " 'value': 'B'}",
              "/nickName",
              "'B'"));

  private static final List<Changes> REMOVE =
      List.of(
          new Changes("simple", "{'op': 'remove', 'path': 'title'}", "/title", ""),
          new Changes(
              "sub-attribute", "{'op': 'remove', 'path': 'name.givenName'}", "/name/givenName", ""),
          new Changes("whole-multi-valued", "{'op': 'remove', 'path': 'emails'}", "/emails", ""),
          new Changes(
              "by-value-path",
              "{'op': 'remove', 'path': 'emails[type eq \\\"work\\\"]'}",
              "/emails",
              ""),
          new Changes(
              "sub-attribute-of-a-value-path",
              "{'op': 'remove', 'path': 'emails[type eq \\\"work\\\"].type'}",
              "/emails/0/type",
              ""),
          new Changes("path-ignores-case", "{'op': 'remove', 'path': 'TITLE'}", "/title", ""));

  private static final List<Changes> REPLACE =
      List.of(
          new Changes(
              "simple", "{'op': 'replace', 'path': 'title', 'value': 'Boss'}", "/title", "'Boss'"),
          new Changes(
              "absent-is-added",
              "{'op': 'replace', 'path': 'nickName', 'value': 'Ace'}",
              "/nickName",
              "'Ace'"),
          new Changes(
              "without-path", "{'op': 'replace', 'value': {'title': 'Boss'}}", "/title", "'Boss'"),
          new Changes(
              "without-path-leaves-the-rest",
              "{'op': 'replace', 'value': {'title': 'Boss'}}",
              "/displayName",
              "'Ada a'"),
          new Changes(
              "sub-attribute",
              "{'op': 'replace', 'path': 'name.familyName', 'value': 'King'}",
              "/name/familyName",
              "'King'"),
          new Changes(
              "complex-leaves-the-rest",
              "{'op': 'replace', 'path': 'name', 'value': {'familyName': 'King'}}",
              "/name/givenName",
              "'Ada'"),
          new Changes(
              "multi-valued-replaces-all",
              "{'op': 'replace', 'path': 'emails', 'value': [{'value': 'TAG2@suite.example',"
                  + " 'type': 'home'}]}",
              "/emails/0/value",
              "'TAG2@suite.example'"),
          new Changes(
              "by-value-path",
              "{'op': 'replace', 'path': 'emails[type eq \\\"work\\\"].value', 'value':"
                  + " 'TAG2@suite.example'}",
              "/emails/0/value",
              "'TAG2@suite.example'"),
          new Changes(
              "boolean", "{'op': 'replace', 'path': 'active', 'value': false}", "/active", "false"),
          new Changes(
              "full-urn-path",
              "{'op': 'replace', 'path': '" + URN + "title', 'value': 'Boss'}",
              "/title",
              "'Boss'"),
          new Changes(
              "with-the-same-value",
              "{'op': 'replace', 'path': 'title', 'value': 'Engineer'}",
              "/title",
              "'Engineer'"),
          new Changes(
              "the-user-name",
              "{'op': 'replace', 'path': 'userName', 'value': 'TAG2@suite.example'}",
              "/userName",
              "'TAG2@suite.example'"));

  private S3_5_2_Patch() {}

  static Section add() {
    return table(
            "rfc7644/3.5.2.1", "Add Operation", "The add operation adds a value (§3.5.2.1)", ADD)
        .should("an-equal-value-twice-is-one")
        .clause(
            "If the value already exists, the server SHOULD NOT add it again; no change SHOULD be"
                + " made")
        .sends("add of an e-mail address that is there")
        .requires("one of it")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.patch(
                  "/Users/" + id,
                  "{'op': 'add', 'path': 'emails', 'value': [{'value': '%s', 'type': 'work', 'primary': true}]}"
                      .formatted(scim.name("a")))
              .status(200, 204);
          Answer user = scim.get("/Users/" + id);
          user.check(user.at("/emails").size() == 1, "one address", user.at("/emails").size() + "");
        });
  }

  static Section remove() {
    return table(
            "rfc7644/3.5.2.2",
            "Remove Operation",
            "The remove operation removes the value at path (§3.5.2.2)",
            REMOVE)
        .should("absent-is-no-error")
        .clause("An absent value and none are the same (RFC 7643 §2.5); noTarget is of filters")
        .sends("remove of nickName, which is not there")
        .requires("200 or 204")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.patch("/Users/" + id, "{'op': 'remove', 'path': 'nickName'}").status(200, 204);
          scim.get("/Users/" + id).status(200).absent("/nickName");
        })
        .must("needs-a-path")
        .clause(
            "If path is unspecified, the operation fails with HTTP status code 400 and scimType"
                + " noTarget")
        .sends("remove without path")
        .requires("400 noTarget, the user unchanged")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.preferScimType(
              scim.patch("/Users/" + id, "{'op': 'remove'}").status(400), "noTarget");
          scim.get("/Users/" + id).status(200).present("/emails");
        })
        .must("required-stays")
        .clause(
            "If the attribute is required, the server SHALL return mutability or invalidValue: the"
                + " removal of a required attribute is an error")
        .sends("remove of userName")
        .requires("400, userName still there")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.patch("/Users/" + id, "{'op': 'remove', 'path': 'userName'}").status(400);
          scim.get("/Users/" + id).equal("/userName", scim.name("a"));
        });
  }

  static Section replace() {
    return table(
            "rfc7644/3.5.2.3",
            "Replace Operation",
            "The replace operation replaces the value at path (§3.5.2.3)",
            REPLACE)
        .must("no-match-of-a-value-path")
        .clause(
            "If the target location is a multi-valued attribute for which a value selection filter"
                + " has been supplied and no record match was made, 400 noTarget")
        .sends("replace of emails[type eq \"other\"].value where none is")
        .requires(
            "400 noTarget, or the element created as Entra ID expects; never a success without"
                + " effect")
        .run(scim -> {
          String id = scim.createUser("a").id();
          Answer answer =
              scim.patch(
                  "/Users/" + id,
                  "{'op': 'replace', 'path': 'emails[type eq \\\"other\\\"].value', 'value':"
                      + " 'z@suite.example'}");
          if (answer.status() == 400) {
            scim.preferScimType(answer, "noTarget");
          } else {
            answer.status(200, 204);
            scim.get("/Users/" + id).contains("/emails", "z@suite.example");
          }
        })
        .must("read-only-stays")
        .clause(
            "mutability: the attempted modification is not compatible with the target attribute's"
                + " mutability")
        .sends("replace of id and of meta.created")
        .requires("400 each, the id unchanged")
        .run(scim -> {
          String id = scim.createUser("a").id();
          scim.patch("/Users/" + id, "{'op': 'replace', 'path': 'id', 'value': 'x'}").status(400);
          scim.patch(
                  "/Users/" + id,
                  "{'op': 'replace', 'path': 'meta.created', 'value': '1999-01-01T00:00:00Z'}")
              .status(400);
          scim.get("/Users/" + id).status(200).equal("/id", id);
        })
        .must("conflicting-name")
        .clause("409 uniqueness (§3.12)")
        .sends("replace of userName with another user's")
        .requires("409, nothing changed")
        .run(scim -> {
          scim.createUser("a");
          String b = scim.createUser("b").id();
          scim.patch(
                  "/Users/" + b,
                  "{'op': 'replace', 'path': 'userName', 'value': '%s'}".formatted(scim.name("a")))
              .status(409);
          scim.get("/Users/" + b).equal("/userName", scim.name("b"));
        });
  }

  private static Section table(String path, String title, String clause, List<Changes> rows) {
    Section section = Section.rfc(path, title, Feature.PATCH);
    for (Changes row : rows) {
      section
          .must(row.id)
          .clause(clause)
          .sends("PATCH /Users/{id} with " + row.operation.replace("\\", ""))
          .requires(row.place + (row.value.isEmpty() ? " absent" : " = " + row.value) + " after")
          .run(scim -> {
            ObjectNode user = scim.user("a").put("title", "Engineer");
            String id = scim.post("/Users", user).status(201).id();
            Answer answer =
                scim.patch("/Users/" + id, row.operation.replace("TAG", scim.tag()))
                    .status(200, 204);
            if (answer.status() == 200) {
              holds(scim, answer, row);
            }
            holds(scim, scim.get("/Users/" + id).status(200), row);
          });
    }
    return section;
  }

  private static void holds(Scim scim, Answer answer, Changes row) {
    if (row.value.isEmpty()) {
      answer.absent(row.place);
    } else {
      JsonNode wanted = Json.of("{'v': " + row.value.replace("TAG", scim.tag()) + "}").get("v");
      answer.equal(row.place, wanted);
    }
  }
}
