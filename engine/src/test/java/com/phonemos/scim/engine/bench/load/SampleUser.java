package com.phonemos.scim.engine.bench.load;

import java.util.Locale;
import java.util.UUID;

/**
 * The users of the benchmark, each known by a serial number: what an identity provider sends, and
 * the row that the engine makes of it.
 */
public final class SampleUser {
  /** Where a user's serial number belongs in a template; see {@link #digits}. */
  public static final String SERIAL = "{n}";

  /** The user's key in the column {@code user_name_key}. */
  public static final String USER_NAME = "person.{n}@corporation.example";

  /** The user's {@code externalId}. */
  public static final String EXTERNAL_ID = "6b8e2f4a-9d1c-4c57-b1de-000{n}";

  /** The only key in the column {@code email_keys}. */
  public static final String EMAIL = "first{n}.last@corporation.example";

  /** The user's id, where the benchmark and not the engine gives it. */
  public static final String ID = "01990000-0000-7000-8000-000{n}";

  /** What the column {@code resource} holds. */
  public static final String ATTRIBUTES =
      """
      {"userName":"person.{n}@corporation.example","externalId":"6b8e2f4a-9d1c-4c57-b1de-000{n}",\
      "name":{"formatted":"First{n} Last","familyName":"Last","givenName":"First{n}"},\
      "displayName":"First{n} Last","title":"Engineer","userType":"Employee",\
      "preferredLanguage":"en-GB","locale":"en-GB","timezone":"Europe/Zurich","active":true,\
      "emails":[{"value":"First{n}.Last@corporation.example","type":"work","primary":true}],\
      "phoneNumbers":[{"value":"+41 44 {n}","type":"work"}],\
      "addresses":[{"type":"work","streetAddress":"Bahnhofstrasse 1","locality":"Zurich",\
      "postalCode":"8001","country":"CH"}],\
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"{n}",\
      "costCenter":"4130","organization":"Corporation","division":"Products",\
      "department":"Engineering"}}\
      """;

  /** What is posted to create the user. */
  public static final String BODY =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",\
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],\
      """
          + ATTRIBUTES.substring(1);

  /** What the push makes of the user in Keycloak. */
  public static final String IN_KEYCLOAK =
      """
      {"username":"first{n}.last@corporation.example","email":"First{n}.Last@corporation.example",\
      "emailVerified":true,"firstName":"First{n}","lastName":"Last","enabled":true,\
      "attributes":{"displayName":["First{n} Last"],"locale":["en-GB"],\
      "externalId":["6b8e2f4a-9d1c-4c57-b1de-000{n}"],\
      "scimId":["01990000-0000-7000-8000-000{n}"]}}\
      """;

  private SampleUser() {}

  /** The nine digits of a serial number. */
  public static String digits(long serial) {
    return String.format(Locale.ROOT, "%09d", serial);
  }

  /** The id of a user whom the benchmark loaded. */
  public static UUID id(long serial) {
    return UUID.fromString(new Template(ID).fill(serial));
  }
}
