package com.phonemos.scim.engine.idp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.phonemos.scim.engine.faults.FaultWorld;
import com.phonemos.scim.engine.fixture.EngineProcess;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.engine.fixture.TestRealm;
import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.scenario.Simulator;
import com.phonemos.scim.idp.scenario.Story;
import com.phonemos.scim.idp.verify.Difference;
import com.phonemos.scim.idp.verify.UnreadableException;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Method;
import com.phonemos.scim.idp.wire.ScimRequest;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A company, its identity provider, and the tenant and the realm to which that provisions.
 *
 * @param unanswered whose creation went without an answer, as a difference would call them
 * @param inDoubt bodies of changes of groups that went without an answer
 */
record Employer(
    IdentityProvider provider,
    Story story,
    ScimTenant tenant,
    TestRealm realm,
    Queue<CycleReport> reports,
    Set<String> unanswered,
    Queue<String> inDoubt)
    implements AutoCloseable {
  private static final Pattern MEMBER = Pattern.compile("member (.*) is (?:unexpected|missing)");
  private static final int PEOPLE = 12;
  private static final int GROUPS = 4;
  private static final int MEMBERSHIPS = 2;

  /** Nothing has been provisioned yet. */
  static Employer with(Simulator simulator, FaultWorld world, EngineProcess engine) {
    TestRealm realm = FaultWorld.realm();
    String slug = simulator.name().toLowerCase(Locale.ROOT).replace('_', '-');
    ScimTenant tenant = world.tenant(engine, slug, Optional.of(FaultWorld.target(realm)));
    tenant.decide(world.database(), policy(simulator));
    CompanySpec spec = new CompanySpec(simulator.ordinal(), PEOPLE, GROUPS, MEMBERSHIPS);
    IdentityProvider provider =
        simulator.connect(FaultWorld.endpoint(tenant), new Directory(Company.generate(spec)));
    Queue<CycleReport> reports = new ConcurrentLinkedQueue<>();
    Set<String> unanswered = ConcurrentHashMap.newKeySet();
    Queue<String> inDoubt = new ConcurrentLinkedQueue<>();
    provider
        .client()
        .listen(exchange -> {
          int status = exchange.answer().status();
          ScimRequest request = exchange.request();
          if (status != 0 && status != 503) {
            return;
          }
          if (request.method() == Method.POST) {
            request.body().map(Employer::named).ifPresent(unanswered::add);
          } else if (request.target().startsWith("/Groups/")) {
            request.body().map(JsonNode::toString).ifPresent(inDoubt::add);
          }
        });
    Story story = new Story(provider, spec, reports::add);
    return new Employer(provider, story, tenant, realm, reports, unanswered, inDoubt);
  }

  private static String named(JsonNode resource) {
    return resource.has("userName")
        ? "user " + resource.path("userName").asText()
        : "group " + resource.path("displayName").asText();
  }

  /** What an administrator chooses for an identity provider. */
  static List<String> policy(Simulator simulator) {
    return switch (simulator) {
      // Its replace of members means an addition; nothing in the request tells.
      case ENTRA_FLAG -> List.of("dialect=entra");
      case GENERIC -> List.of("dialect=strict");
      default -> List.of();
    };
  }

  /** What the provider's log has complained of since the last call. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (CycleReport report = reports.poll(); report != null; report = reports.poll()) {
      report.problems().forEach(problem -> problems.add(problem.toString()));
    }
    return problems;
  }

  /**
   * The provider runs normally, and directory, endpoint and Keycloak hold the same. The endpoint
   * may differ where an answer was lost and the directory took the change back before the provider
   * tried again: no provider looks for what it does not know.
   */
  void agrees(FaultWorld world) throws UnreadableException {
    assertThat(provider.ailing()).as(provider.belief()).isFalse();
    assertThat(new Verifier(FaultWorld.endpoint(tenant)).verify(provider.expected()))
        .as("differences from the directory; %s", provider.belief())
        .allMatch(difference -> leftBehind(difference) || memberInDoubt(difference));
    world.awaitAgreement(tenant, realm);
  }

  private boolean leftBehind(Difference difference) {
    return difference.what().startsWith("unexpected") && unanswered.contains(difference.resource());
  }

  private boolean memberInDoubt(Difference difference) {
    Matcher member = MEMBER.matcher(difference.what());
    if (!member.matches()) {
      return false;
    }
    String filter = URLEncoder.encode("userName eq \"" + member.group(1) + "\"", UTF_8);
    String id =
        tenant.get("/Users?filter=" + filter).expect(200).body().at("/Resources/0/id").asText();
    return !id.isEmpty() && inDoubt.stream().anyMatch(body -> body.contains(id));
  }

  @Override
  public void close() {
    provider.close();
  }
}
