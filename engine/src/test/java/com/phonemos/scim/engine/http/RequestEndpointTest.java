package com.phonemos.scim.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimAnswer;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every endpoint has in common: methods, addresses, media types. */
class RequestEndpointTest {
  private final ScimTenant tenant = TestEngine.tenant();

  @Test
  void headSaysWhatGetWouldWithoutItsBody() {
    // Given
    UUID anna = tenant.user("anna").create().expect(201).id();
    // When
    ScimAnswer read = tenant.readUser(anna).expect(200);
    ScimAnswer head = tenant.request("HEAD", "/Users/" + anna).expect(200);
    // Then
    assertThat(head.body().isMissingNode()).isTrue();
    assertThat(head.header("Content-Length")).isEqualTo(read.header("Content-Length"));
    assertThat(head.etag()).isEqualTo(read.etag());
    assertThat(head.header("Location")).isEqualTo(read.header("Location"));
  }

  @Test
  void headOfALongListHasNoBodyEither() {
    // Given
    String title = "x".repeat(10_000);
    IntStream.range(0, 20)
        .forEach(number -> tenant.user("user-" + number).with("title", title).create().expect(201));
    // When
    ScimAnswer head = tenant.request("HEAD", "/Users").expect(200);
    // Then
    assertThat(head.body().isMissingNode()).isTrue();
    tenant.get("/Users?count=0").expect(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /Users                 | GET, HEAD, OPTIONS, POST
          /Users/x               | DELETE, GET, HEAD, OPTIONS, PATCH, PUT
          /Users/.search         | OPTIONS, POST
          /ServiceProviderConfig | GET, HEAD, OPTIONS
          """)
  void optionsNamesWhatThereIs(String path, String allowed) {
    // When
    ScimAnswer options = tenant.request("OPTIONS", path).expect(204);
    // Then
    assertThat(options.header("Allow")).isEqualTo(allowed);
    assertThat(tenant.request("DELETE", "/Schemas").expect(405).header("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Users/?count=0",
        "//Users?count=0",
        "/Users?aadOptscim062020&count=0",
        "/Users/?AzureAdScimPatch2017&count=0",
        "/Users?count=0&",
        "/Users?&count=0",
        "/ServiceProviderConfig/",
        "/ResourceTypes/User/?aadOptscim062020"
      })
  void whatIdentityProvidersAddToAnAddressIsTolerated(String path) {
    // When
    // Then
    tenant.get(path).expect(200);
  }

  @Test
  void aPlusIsASpaceToThoseWhoEncodeSpacesSo() {
    // Given
    tenant.user("a+b c@example.org").create().expect(201);
    // When
    ScimAnswer form =
        tenant.get("/Users?filter=userName+eq+%22a%2Bb+c%40example.org%22").expect(200);
    ScimAnswer uri =
        tenant.get("/Users?filter=userName%20eq%20%22a+b%20c@example.org%22").expect(200);
    // Then
    assertThat(form.at("/totalResults").intValue()).isEqualTo(1);
    assertThat(uri.at("/totalResults").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, 406",
    "text/html;q=1, 406",
    "application/scim+json, 200",
    "'text/html, application/json;q=0.5', 200",
    "application/*, 200",
    "*/*, 200"
  })
  void aStrictTenantIsHeldToItsAccept(String accept, int status) {
    // Given
    new Rows(TestEngine.database())
        .update(
            "UPDATE tenant SET policy = '{\"dialect\": \"strict\"}' WHERE id = ?",
            UUID.fromString(tenant.id().toString()));
    // When
    // Then
    tenant.get("/Users?count=0").header("Accept", accept).expect(status);
  }

  @Test
  @Clause("rfc7644/3.8/1")
  void anyOtherTenantIsAnsweredWhateverItAccepts() {
    // When
    // Then
    tenant.get("/Users?count=0").header("Accept", "text/html").expect(200);
    tenant.get("/Users?count=0").without("Accept").expect(200);
  }
}
