package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, searches by POST, and searches over both resource types (RFC 7644 §3.4.2.3, §3.4.3). */
class SearchEndpointTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final ScimTenant TENANT = TestEngine.tenant();

  private static UUID staff;

  @BeforeAll
  static void createResources() {
    user("dora", "Zimt", 1, Map.of("value", "d@b.example"));
    user("ANTON", "\u00E4pfel", 2, Map.of("value", "a@c.example"));
    user(
        "bert",
        "apfel",
        3,
        Map.of("value", "b@z.example"),
        Map.of("value", "a@a.example", "primary", true));
    UUID carl = TENANT.user("carl").with("active", false).create().expect(201).id();
    staff = TENANT.group("staff").withMembers(carl).create().expect(201).id();
    TENANT.group("Boat").create().expect(201);
  }

  private static void user(String userName, String title, int number, Object... emails) {
    TENANT
        .user(userName)
        .with("title", title)
        .with("emails", List.of(emails))
        .with(
            ENTERPRISE,
            Map.of(
                "employeeNumber",
                Integer.toString(number),
                "manager",
                Map.of("value", UUID.randomUUID().toString())))
        .create()
        .expect(201);
  }

  @ParameterizedTest(name = "by {0}: {1}")
  @Clause({"rfc7644/3.4.2.3/1", "rfc7644/3.4.2.3/2", "rfc7644/3.4.2.3/3", "rfc7644/3.4.2.3/4"})
  @CsvSource(
      delimiter = '|',
      value = {
        "userName | ANTON bert carl dora",
        "USERNAME | ANTON bert carl dora",
        "title | bert dora ANTON carl",
        "emails | bert ANTON dora carl",
        "emails.value | bert ANTON dora carl",
        "active | carl dora ANTON bert",
        "meta.created | dora ANTON bert carl",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber"
            + " | dora ANTON bert carl",
        "groups | carl dora ANTON bert",
      })
  void aListHasTheOrderThatIsAskedFor(String sortBy, String names) {
    // Given
    List<String> ascending = List.of(names.split(" "));
    List<String> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    // Then
    assertThat(sorted(sortBy, "ascending")).containsExactlyElementsOf(ascending);
    assertThat(sorted(sortBy, "descending")).containsExactlyElementsOf(descending);
  }

  private static List<String> sorted(String sortBy, String sortOrder) {
    return TENANT
        .get("/Users")
        .query("sortBy", sortBy)
        .query("sortOrder", sortOrder)
        .expect(200)
        .each("/Resources", "userName");
  }

  @ParameterizedTest(name = "sortBy {0} is refused")
  @ValueSource(
      strings = {"nope", "name", "addresses", "password", "userName;drop table", "(select 1)", ""})
  @Clause("rfc7644/3.4.2.3/5")
  void onlyAnAttributeWithAnOrderSorts(String sortBy) {
    TENANT.get("/Users").query("sortBy", sortBy).expect(400, "invalidValue");
  }

  @Test
  void onlyTheTwoOrdersOfTheStandardAreKnown() {
    TENANT
        .get("/Users")
        .query("sortBy", "userName")
        .query("sortOrder", "sideways")
        .expect(400, "invalidValue");
  }

  @Test
  @Clause("rfc7644/3.4.3/1")
  void aSearchByPostFindsWhatAListFinds() {
    // Given
    ObjectNode search = search("userName sw \"a\" or userName sw \"b\"");
    search.put("sortBy", "userName").put("sortOrder", "descending");
    search.put("startIndex", 2).put("count", 1);
    search.putArray("attributes").add("userName").add(ENTERPRISE + ":employeeNumber");
    // When
    ScimAnswer found = TENANT.post("/Users/.search", search).expect(200);
    // Then
    assertThat(found.at("/totalResults").intValue()).isEqualTo(2);
    assertThat(found.at("/startIndex").intValue()).isEqualTo(2);
    assertThat(found.each("/Resources", "userName")).containsExactly("ANTON");
    assertThat(found.at("/Resources/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "id", "userName", ENTERPRISE);
    assertThat(found.at("/Resources/0/" + ENTERPRISE).fieldNames())
        .toIterable()
        .containsExactly("employeeNumber");
  }

  @Test
  void whatIsExcludedIsLeftOutToTheSubAttribute() {
    // Given
    ObjectNode search = search("userName eq \"dora\"");
    search.put("excludedAttributes", "emails.value," + ENTERPRISE + ":manager.value,title");
    // When
    ScimAnswer found = TENANT.post("/Users/.search", search).expect(200);
    // Then
    assertThat(found.at("/Resources/0").fieldNames())
        .toIterable()
        .contains("userName", ENTERPRISE)
        .doesNotContain("title", "emails");
    assertThat(found.text("/Resources/0/" + ENTERPRISE + "/employeeNumber")).isEqualTo("1");
  }

  @Test
  void groupsAreSearchedToo() {
    // When
    ScimAnswer found =
        TENANT.post("/Groups/.search", search("members[type eq \"User\"]")).expect(200);
    // Then
    assertThat(found.each("/Resources", "displayName")).containsExactly("staff");
  }

  @ParameterizedTest(name = "{0} at the root finds {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "userName sw \"b\" or displayName sw \"b\" | bert Boat",
        "meta.resourceType eq \"Group\" | staff Boat",
        "userName pr | dora ANTON bert carl",
        "not (userName pr) | staff Boat",
        "userName ne \"dora\" | ANTON bert carl staff Boat",
        "userName eq null | staff Boat",
        "emails[value sw \"d\"] | dora",
        "members.type eq \"User\" or title sw \"z\" | dora staff",
      })
  @Clause("rfc7644/3.4.2.1/3")
  void theRootSearchesBothResourceTypes(String filter, String names) {
    // When
    ScimAnswer posted = TENANT.post("/.search", search(filter)).expect(200);
    ScimAnswer got = TENANT.get("/").query("filter", filter).expect(200);
    // Then
    assertThat(names(posted)).containsExactly(names.split(" "));
    assertThat(got.body()).isEqualTo(posted.body());
    assertThat(posted.at("/totalResults").intValue()).isEqualTo(names.split(" ").length);
  }

  @Test
  @Clause("rfc7644/3.4.2.1/1")
  void theRootSortsBothResourceTypesTogether() {
    // Given
    ObjectNode search = JsonNodeFactory.instance.objectNode().put("sortBy", "displayName");
    // When
    ScimAnswer found = TENANT.post("/.search", search).expect(200);
    // Then
    assertThat(names(found)).startsWith("Boat", "staff").hasSize(6);
  }

  @Test
  void aPageOfTheRootContinuesAcrossTypes() {
    // When
    List<String> walked = new ArrayList<>();
    for (int start = 1; start <= 6; start += 2) {
      walked.addAll(
          names(
              TENANT
                  .get("")
                  .query("startIndex", Integer.toString(start))
                  .query("count", "2")
                  .expect(200)));
    }
    // Then
    assertThat(walked).containsExactly("dora", "ANTON", "bert", "carl", "staff", "Boat");
  }

  @Test
  void anAttributeThatNoResourceTypeHasIsRefusedAtTheRoot() {
    TENANT.post("/.search", search("nope eq \"a\"")).expect(400, "invalidFilter");
  }

  @Test
  @Clause("rfc7644/3.4.3/2")
  void whatIsNoSearchRequestIsRefused() {
    // Given
    ObjectNode patch = search("userName pr");
    patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    ObjectNode numbers = JsonNodeFactory.instance.objectNode().put("filter", 1);
    ObjectNode count = JsonNodeFactory.instance.objectNode().put("count", "many");
    // Then
    TENANT.post("/Users/.search", patch).expect(400, "invalidSyntax");
    TENANT.post("/Users/.search", numbers).expect(400, "invalidFilter");
    TENANT.post("/Users/.search", count).expect(400, "invalidValue");
    TENANT.request("GET", "/Users/.search").expect(405);
  }

  @ParameterizedTest(name = "{0} finds {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\" | 3",
        "schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\" | 4",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr | 3",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq \"2\" | 1",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr | 3",
        "emails.value ne \"d@b.example\" | 3",
        "emails eq null | 1",
        "groups.display eq \"STAFF\" | 1",
        "groups.type eq \"direct\" | 1",
        "not (groups pr) | 3",
        "active eq \"False\" | 1",
        "emails[primary eq \"True\" and value ew \"a.example\"] | 1",
      })
  void aFilterReachesEveryAttribute(String filter, int expected) {
    // When
    ScimAnswer found = TENANT.get("/Users").query("filter", filter).expect(200);
    // Then
    assertThat(found.at("/totalResults").intValue()).isEqualTo(expected);
  }

  @Test
  void whatMetaShowsCanBeFilteredFor() {
    // Given
    ScimAnswer group = TENANT.readGroup(staff).expect(200);
    List<String> filters =
        Stream.of("version", "location", "created", "lastModified")
            .map(name ->
                "meta."
                    + name
                    + " eq "
                    + JsonNodeFactory.instance.textNode(group.text("/meta/" + name)))
            .toList();
    // Then
    assertThat(filters)
        .allSatisfy(filter ->
            assertThat(
                    TENANT
                        .get("/Groups")
                        .query("filter", filter)
                        .expect(200)
                        .each("/Resources", "id"))
                .containsExactly(staff.toString()));
  }

  private static ObjectNode search(String filter) {
    ObjectNode search = JsonNodeFactory.instance.objectNode().put("filter", filter);
    search.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:SearchRequest");
    return search;
  }

  private static List<String> names(ScimAnswer list) {
    List<String> names = new ArrayList<>();
    list.at("/Resources")
        .forEach(resource ->
            names.add(resource.path("userName").asText(resource.path("displayName").asText())));
    return names;
  }
}
