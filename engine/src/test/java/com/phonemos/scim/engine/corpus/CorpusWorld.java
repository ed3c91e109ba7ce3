package com.phonemos.scim.engine.corpus;

import com.phonemos.scim.engine.fixture.Rows;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.scim.protocol.BearerToken;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tenants, tokens and resources that rows of the corpus speak of. */
final class CorpusWorld {
  private final int port;
  private final ScimTenant tenant;
  private final ScimTenant other;
  private final ScimTenant suspended;
  private final ScimTenant discreet;
  private final String unknown;
  private final String expired;
  private final String revoked;
  private final UUID foreignUser;
  private final UUID foreignGroup;
  private int resources;

  /**
   * Makes it.
   *
   * @param database of the engine, as a URI
   * @param port of its SCIM endpoint
   */
  CorpusWorld(String database, int port) {
    this.port = port;
    String base = "http://127.0.0.1:" + port + "/scim/v2";
    this.tenant = ScimTenant.create(database, base, "corpus", Optional.empty());
    this.other = ScimTenant.create(database, base, "corpus-other", Optional.empty());
    this.suspended = ScimTenant.create(database, base, "corpus-suspended", Optional.empty());
    this.discreet = ScimTenant.create(database, base, "corpus-discreet", Optional.empty());
    this.unknown = BearerToken.mint(tenant.id(), new SecureRandom());
    this.expired = tenant.issueToken(database, Optional.of(Instant.now().minusSeconds(60)));
    this.revoked = tenant.issueToken(database, Optional.empty());
    this.foreignUser = other.user("foreign").create().expect(201).id();
    this.foreignGroup = other.group("foreign").create().expect(201).id();
    Rows rows = new Rows(database);
    rows.update(
        "UPDATE token SET revoked = now() - interval '2 s' WHERE secret_hash = ?",
        (Object) BearerToken.hash(revoked));
    rows.update("UPDATE tenant SET state = 'disabled' WHERE id = ?", suspended.id().value());
    discreet.decide(database, List.of("url-filter=refuse-personal"));
  }

  /** Of the SCIM endpoint. */
  int port() {
    return port;
  }

  /** What a placeholder stands for, resources of its own for each row. */
  String value(String name) {
    return switch (name) {
      case "host" -> "127.0.0.1:" + port;
      case "base" -> tenant.base();
      case "token" -> tenant.token();
      case "token with a wrong checksum" -> tenant.token().substring(0, 53) + "zzzzzz";
      case "unknown token" -> unknown;
      case "expired token" -> expired;
      case "revoked token" -> revoked;
      case "token of a suspended tenant" -> suspended.token();
      case "token of a discreet tenant" -> discreet.token();
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
    return List.of(
        tenant.token(),
        other.token(),
        suspended.token(),
        discreet.token(),
        unknown,
        expired,
        revoked);
  }
}
