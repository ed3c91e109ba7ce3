package com.phonemos.scim.engine.idp;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.replay.Comparison;
import com.phonemos.scim.conformance.replay.Replayer;
import com.phonemos.scim.conformance.wire.Exchange;
import com.phonemos.scim.conformance.wire.ScimClient;
import com.phonemos.scim.engine.fixture.ScimTenant;
import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Simulator;
import com.phonemos.scim.idp.scenario.Story;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.HarRecorder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Records the session library anew: every simulated provider in every scenario, and the answers to
 * what was restated from captures. {@code scim-conformance diff} shows what changed; people decide
 * whether it is wanted.
 */
final class SessionRecording {
  private static final int PEOPLE = 3;
  private static final int GROUPS = 2;

  private SessionRecording() {}

  public static void main(String[] folder) throws IOException {
    for (Simulator simulator : Simulator.values()) {
      for (Scenario scenario : Scenario.values()) {
        record(simulator, scenario, SessionLibrary.at(Path.of(folder[0]), simulator, scenario));
      }
    }
    for (Path session : SessionLibrary.in(Path.of(folder[0]))) {
      if (String.valueOf(session.getFileName()).startsWith("capture-")) {
        answer(session);
      }
    }
    System.exit(0);
  }

  private static void answer(Path session) throws IOException {
    ScimTenant tenant = SessionLibrary.tenant(session);
    List<HarEntry> answered = new ArrayList<>();
    new Replayer(
            new ScimClient(URI.create(tenant.base()), Duration.ofSeconds(30)),
            recorded -> tenant.token(),
            new Comparison(List.of()),
            false,
            (number, recorded, live, differences) -> answered.add(with(recorded, live)))
        .play(Replayer.Source.of(HarReader.all(session)));
    try (HarWriter writer = new HarWriter(session)) {
      for (HarEntry entry : answered) {
        writer.write(entry);
      }
    }
    System.out.println(session + " " + Files.size(session));
  }

  private static HarEntry with(HarEntry recorded, Exchange live) {
    return new HarEntry(
        recorded.startedAt(),
        recorded.took(),
        recorded.method(),
        live.url(),
        recorded.requestHeaders(),
        live.request().body(),
        live.answer().status(),
        live.answer().headers(),
        live.answer().header("Content-Type").orElse(""),
        live.answer().body(),
        recorded.comment());
  }

  private static void record(Simulator simulator, Scenario scenario, Path session)
      throws IOException {
    ScimTenant tenant = SessionLibrary.tenant(session);
    CompanySpec spec = new CompanySpec(simulator.ordinal(), PEOPLE, GROUPS, 1);
    Endpoint endpoint = Endpoint.of(URI.create(tenant.base()), tenant.token());
    Files.createDirectories(session.toAbsolutePath().getParent());
    try (IdentityProvider provider =
            simulator.connect(endpoint, new Directory(Company.generate(spec)));
        HarRecorder recorder = new HarRecorder(endpoint, Files.newOutputStream(session))) {
      provider.client().listen(recorder);
      new Story(provider, spec, report -> {}).tell(scenario);
    }
    System.out.println(session + " " + Files.size(session));
  }
}
