package com.phonemos.scim.engine.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.phonemos.scim.engine.rfc.Clause;
import com.phonemos.scim.engine.scim.protocol.ScimException;
import com.phonemos.scim.engine.scim.protocol.ScimType;
import com.phonemos.scim.engine.scim.schema.ResourceType;
import com.phonemos.scim.engine.scim.schema.SchemaRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCheckTest {
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.load();

  @ParameterizedTest
  @Clause("rfc7644/3.10/1")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "USERNAME eq \"x\"                    | userName eq \"x\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:name.GIVENname pr | name.givenName pr",
        "URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:Department eq \"x\""
            + " | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"x\"",
        "active eq \"True\"                   | active eq true",
        "roles[Primary eq \"false\"]          | roles[primary eq false]",
        "Emails[Type eq \"work\"]             | emails[type eq \"work\"]",
        "meta.lastModified ge \"2011-05-13T04:42:34Z\""
            + " | meta.lastModified ge \"2011-05-13T04:42:34Z\"",
        "emails co \"example.com\"            | emails co \"example.com\"",
        "title eq null                        | title eq null",
        "id eq \"x\"                          | id eq \"x\"",
        "externalId eq \"x\"                  | externalId eq \"x\"",
        "groups.value eq \"x\"                | groups.value eq \"x\"",
      })
  void pathsAndValuesBecomeTheSchemas(String text, String checked) {
    assertThat(check(text)).hasToString(checked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope eq \"a\"",
        "name.nope eq \"a\"",
        "userName.evil eq 1",
        "urn:example:User:userName eq \"a\"",
        "members eq \"a\"",
        "password eq \"x\"",
        "password sw \"a\"",
        "password pr",
        "urn:ietf:params:scim:schemas:core:2.0:User:password pr",
        "active eq \"yes\"",
        "active gt true",
        "active co \"true\"",
        "userName eq 1",
        "userName eq true",
        "userName gt null",
        "userName co null",
        "meta.lastModified gt \"notadate\"",
        "meta.lastModified gt \"+999999999-12-31T23:59:59Z\"",
        "meta.lastModified co \"2011\"",
        "meta.lastModified gt 2011",
        "x509Certificates gt \"YQ==\"",
        "name eq \"x\"",
        "addresses eq \"x\"",
        "title[value eq \"x\"]",
        "emails[nope eq \"x\"]",
        "emails[type.x eq \"x\"]",
        "emails[primary eq \"maybe\"]",
      })
  @Clause("rfc7644/3.4.2.2/10")
  void whatTheSchemaDoesNotAllowIsRefused(String text) {
    assertThatExceptionOfType(ScimException.class)
        .isThrownBy(() -> check(text))
        .satisfies(refused -> assertThat(refused.error().type()).contains(ScimType.INVALID_FILTER));
  }

  private static Filter check(String text) {
    return FilterCheck.check(SCHEMAS, ResourceType.USER, FilterParser.parse(text));
  }
}
