package com.phonemos.scim.conformance.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.wire.Header;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives: what is in them, whatever happens to who writes them. */
class ArchiveTest {
  @TempDir Path folder;

  @Test
  void anArchiveIsWholeAfterEveryEntry() throws Exception {
    // Given
    Path file = folder.resolve("a.har");
    try (HarWriter writer = new HarWriter(file)) {
      for (int i = 1; i <= 3; i++) {
        // When
        writer.write(entry("{\"a\":" + i + "}"));
        // Then
        assertThat(new ObjectMapper().readTree(file.toFile()).at("/log/entries")).hasSize(i);
      }
    }
    assertThat(HarReader.all(file)).hasSize(3).element(2).isEqualTo(entry("{\"a\":3}"));
  }

  @Test
  void anArchiveThatBreaksOffEndsBeforeTheBrokenEntry() throws Exception {
    // Given
    Path file = folder.resolve("a.har");
    try (HarWriter writer = new HarWriter(file)) {
      writer.write(entry("{\"a\":1}"));
      writer.write(entry("{\"a\":2}"));
    }
    byte[] bytes = Files.readAllBytes(file);
    // When
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 40));
    // Then
    assertThat(HarReader.all(file)).containsExactly(entry("{\"a\":1}"));
  }

  private static HarEntry entry(String body) {
    return new HarEntry(
        Instant.parse("2026-11-25T10:00:00Z"),
        Duration.ofMillis(5),
        "POST",
        "https://scim.example/v2/Users?filter=userName%20eq%20%22ada.king%40contoso.example%22",
        List.of(new Header("Content-Type", "application/scim+json")),
        Optional.of(body),
        201,
        List.of(new Header("ETag", "W/\"1\"")),
        "application/scim+json",
        body,
        "");
  }
}
