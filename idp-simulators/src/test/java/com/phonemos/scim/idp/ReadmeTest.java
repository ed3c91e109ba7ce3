package com.phonemos.scim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.idp.cycle.CycleReport;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.CompanySpec;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.entra.Entra;
import com.phonemos.scim.idp.entra.EntraOptions;
import com.phonemos.scim.idp.testing.RecordingServer;
import com.phonemos.scim.idp.verify.Difference;
import com.phonemos.scim.idp.verify.UnreadableException;
import com.phonemos.scim.idp.verify.Verifier;
import com.phonemos.scim.idp.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what compiles and runs here. */
final class ReadmeTest {
  private static final Path SOURCE = Path.of("src/test/java/com/phonemos/scim/idp/ReadmeTest.java");

  private static void example(Endpoint endpoint) throws UnreadableException {
    // README
    Directory directory = new Directory(Company.generate(new CompanySpec(42, 50, 5, 2)));
    try (IdentityProvider entra = Entra.connect(endpoint, EntraOptions.defaults(), directory)) {
      entra.setUp().forEach(step -> System.out.println(step.get().summary()));
      directory.people().getFirst(); // who is there
      directory.person(directory.people().getFirst().person().id()).rename("Ann", "Roe");
      CycleReport report = entra.follow(); // 40 minutes later
      List<Difference> differences = new Verifier(endpoint).verify(entra.expected());
      System.out.println(report.summary() + differences + entra.belief());
    }
    // END
  }

  @Test
  void theExampleIsInTheReadmeAsItIsHere() throws IOException {
    // When
    String example =
        Files.readString(SOURCE).replaceAll("(?s).*// README\n|    // END\n.*", "").indent(-4);
    // Then
    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```");
  }

  @Test
  void theExampleProvisionsTheCompany() throws UnreadableException {
    try (RecordingServer server = new RecordingServer()) {
      // When
      example(server.endpoint());
      // Then
      assertThat(server.user("u1")).isNotNull();
      assertThat(server.transcript()).contains("\"value\":\"Roe\"");
    }
  }
}
