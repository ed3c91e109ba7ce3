package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many operations in one request (RFC 7644 §3.7). */
class BulkEndpointTest {
  private static final String ANNA =
      "{'method':'POST','path':'/Users','bulkId':'anna','data':{'userName':'anna'}}";
  private static final String TEAM =
      "{'method':'POST','path':'/Groups','bulkId':'team','data':{'displayName':'Team',"
          + "'members':[{'value':'bulkId:anna'}]}}";

  private final ScimTenant tenant = TestEngine.tenant();

  @Test
  @Clause({"rfc7644/3.7/3", "rfc7644/3.7/8"})
  void referencesAreResolvedInWhateverOrderTheyCome() {
    // When
    ScimAnswer done = bulk(TEAM + "," + ANNA).expect(200);
    // Then
    assertThat(done.each("/Operations", "status")).containsExactly("201", "201");
    assertThat(done.each("/Operations", "bulkId")).containsExactly("team", "anna");
    UUID anna = id(done.text("/Operations/1/location"));
    ScimAnswer team = tenant.readGroup(id(done.text("/Operations/0/location"))).expect(200);
    assertThat(team.each("/members", "value")).containsExactly(anna.toString());
    assertThat(done.text("/Operations/0/version")).isEqualTo(team.etag());
  }

  @Test
  void allOfItIsCommittedTogether() {
    // When
    bulk(ANNA
            + ","
            + TEAM
            + ",{'method':'PATCH','path':'/Users/bulkId:anna','data':{'Operations':["
            + "{'op':'add','path':'title','value':'Dr.'}]}}")
        .expect(200);
    // Then
    assertThat(
            new Rows(TestEngine.database())
                .texts(
                    "SELECT count(*) || ' ' || count(DISTINCT xmin::text) FROM journal"
                        + " WHERE tenant_id = ?",
                    tenant.id().value()))
        .containsExactly("3 1");
  }

  @Test
  @Clause({"rfc7644/3.7/2", "rfc7644/3.7/5", "rfc7644/3.7/6", "rfc7644/3.7/7"})
  void everyKindOfOperationIsAnsweredForItself() {
    // Given
    ScimAnswer anna = tenant.user("anna").create().expect(201);
    ScimAnswer berta = tenant.user("berta").create().expect(201);
    // When
    ScimAnswer done =
        bulk("{'method':'PUT','path':'/Users/%s','version':'%s','data':{'userName':'anna.2'}},"
                    .formatted(anna.id(), anna.etag().replace("\"", "\\\""))
                + "{'method':'PUT','path':'/Users/%s','version':'stale','data':{'userName':'x'}},"
                    .formatted(anna.id())
                + "{'method':'DELETE','path':'/Users/%s'},".formatted(berta.id())
                + "{'method':'DELETE','path':'/Users/%s'},".formatted(berta.id())
                + "{'method':'POST','path':'/Users','bulkId':'q','data':{'userName':'ANNA.2'}},"
                + "{'method':'POST','path':'/Users','bulkId':'r','data':{'userName':''}},"
                + "{'method':'POST','path':'/Users','data':{'userName':'nobody'}},"
                + "{'method':'GET','path':'/Users'},"
                + "{'method':'PATCH','path':'/Users/none','data':{'Operations':[]}}")
            .expect(200);
    // Then
    assertThat(done.each("/Operations", "status"))
        .containsExactly("200", "412", "204", "404", "409", "400", "400", "400", "404");
    assertThat(done.text("/Operations/4/response/scimType")).isEqualTo("uniqueness");
    assertThat(done.text("/Operations/4/response/detail")).contains("userName");
    assertThat(done.text("/Operations/0/location")).endsWith("/Users/" + anna.id());
    assertThat(tenant.readUser(anna.id()).expect(200).text("/userName")).isEqualTo("anna.2");
  }

  @Test
  @Clause("rfc7644/3.7/3")
  void whatNamesEachOtherIsRefusedAndNothingElse() {
    // When
    ScimAnswer done =
        bulk("{'method':'POST','path':'/Groups','bulkId':'a','data':{'displayName':'A',"
                + "'members':[{'value':'bulkId:b'}]}},"
                + "{'method':'POST','path':'/Groups','bulkId':'b','data':{'displayName':'B',"
                + "'members':[{'value':'bulkId:a'}]}},"
                + ANNA)
            .expect(200);
    // Then
    assertThat(done.each("/Operations", "status")).containsExactly("409", "409", "201");
    assertThat(tenant.get("/Groups").expect(200).at("/totalResults").intValue()).isZero();
  }

  @Test
  void whoNamesARefusedOneIsRefusedToo() {
    // Given
    tenant.user("anna").create().expect(201);
    // When
    ScimAnswer done = bulk(TEAM + "," + ANNA).expect(200);
    // Then
    assertThat(done.each("/Operations", "status")).containsExactly("409", "409");
    assertThat(tenant.get("/Groups").expect(200).at("/totalResults").intValue()).isZero();
  }

  @Test
  @Clause("rfc7644/3.7/4")
  void afterTooManyErrorsTheRestIsNotDone() {
    // Given
    String bad = "{'method':'POST','path':'/Users','bulkId':'%s','data':{}},";
    // When
    ScimAnswer done =
        tenant
            .request("POST", "/Bulk")
            .body(
                json(
                    "{'failOnErrors':2,'Operations':["
                        + ANNA
                        + ","
                        + bad.formatted("x")
                        + bad.formatted("y")
                        + TEAM
                        + "]}"))
            .expect(200);
    // Then
    assertThat(done.each("/Operations", "status")).containsExactly("201", "400", "400");
    assertThat(tenant.get("/Groups").expect(200).at("/totalResults").intValue()).isZero();
  }

  @Test
  @Clause({"rfc7644/3.7/1", "rfc7644/3.7/9"})
  void theLimitsAreAnnouncedAndKept() {
    // Given
    ScimAnswer config = tenant.get("/ServiceProviderConfig").expect(200);
    int most = config.at("/bulk/maxOperations").intValue();
    int payload = config.at("/bulk/maxPayloadSize").intValue();
    // Then
    assertThat(config.at("/bulk/supported").booleanValue()).isTrue();
    String delete = "{'method':'DELETE','path':'/Users/" + UUID.randomUUID() + "'}";
    assertThat(bulk((delete + ",").repeat(most - 1) + delete).expect(200).at("/Operations"))
        .hasSize(most);
    bulk((delete + ",").repeat(most) + delete).expect(413, "");
    bulk("'" + "x".repeat(payload) + "'").expect(413, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{}                                     | invalidSyntax",
        "{'Operations':{}}                      | invalidSyntax",
        "{'Operations':[]}                      | invalidSyntax",
        "{'failOnErrors':0,'Operations':[{}]}   | invalidValue",
        "{'failOnErrors':'1','Operations':[{}]} | invalidValue",
      })
  void whatIsNoBulkRequestIsRefused(String body, String scimType) {
    tenant.request("POST", "/Bulk").body(json(body)).expect(400, scimType);
  }

  private com.phonemos.scim.engine.fixture.ScimRequest bulk(String operations) {
    return tenant
        .request("POST", "/Bulk")
        .body(
            json(
                "{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':["
                    + operations
                    + "]}"));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static UUID id(String location) {
    return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
  }
}
