package com.phonemos.scim.engine.corpus;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tenants, tokens and resources that rows of the corpus speak of. */
final class CorpusWorld {
  private final ScimTenant tenant = TestEngine.tenant();
  private final ScimTenant other = TestEngine.tenant();
  private final ScimTenant suspended = TestEngine.tenant();
  private final String unknown = BearerToken.mint(tenant.id(), new SecureRandom());
  private final String expired =
      tenant.issueToken(TestEngine.database(), Optional.of(Instant.now().minusSeconds(60)));
  private final String revoked = tenant.issueToken(TestEngine.database(), Optional.empty());
  private final UUID foreignUser = other.user("foreign").create().expect(201).id();
  private final UUID foreignGroup = other.group("foreign").create().expect(201).id();
  private int resources;

  CorpusWorld() {
    Rows rows = new Rows(TestEngine.database());
    rows.update(
        "UPDATE token SET revoked = now() - interval '2 s' WHERE secret_hash = ?",
        (Object) BearerToken.hash(revoked));
    rows.update(
        "UPDATE tenant SET state = 'disabled' WHERE id = ?",
        UUID.fromString(suspended.id().toString()));
  }

  /** What a placeholder stands for, resources of its own for each row. */
  String value(String name) {
    return switch (name) {
      case "host" -> "127.0.0.1:" + TestEngine.port();
      case "base" -> tenant.base();
      case "token" -> tenant.token();
      case "token with a wrong checksum" -> tenant.token().substring(0, 53) + "zzzzzz";
      case "unknown token" -> unknown;
      case "expired token" -> expired;
      case "revoked token" -> revoked;
      case "token of a suspended tenant" -> suspended.token();
      case "token of another tenant" -> other.token();
      case "foreign user" -> foreignUser.toString();
      case "foreign group" -> foreignGroup.toString();
      case "no resource" -> UUID.randomUUID().toString();
      case "name" -> "canary-" + ++resources + '-' + HexFormat.of().toHexDigits(hashCode());
      case "user" -> tenant.user(value("name")).create().expect(201).id().toString();
      case "group" -> tenant.group(value("name")).create().expect(201).id().toString();
      default -> throw new IllegalStateException("Unknown placeholder: " + name);
    };
  }

  /** What no answer to the tenant and no line of the log may hold. */
  List<String> secrets() {
    return List.of(tenant.token(), other.token(), suspended.token(), unknown, expired, revoked);
  }
}
