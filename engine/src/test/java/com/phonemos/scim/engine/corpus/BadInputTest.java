package com.phonemos.scim.engine.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.phonemos.scim.engine.corpus.CorpusRow.Exchange;
import com.phonemos.scim.engine.corpus.CorpusRow.Expectation;
import com.phonemos.scim.engine.corpus.RawConnection.Answer;
import com.phonemos.scim.engine.fixture.TestEngine;
import com.phonemos.scim.engine.rfc.Clause;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/**
 * Sends every row of the corpus, byte by byte, and holds every answer to what holds for all: SCIM's
 * form of an error, its media type, a request id, no failure of ours, and no secret, neither in the
 * answer nor in the log. After each row its connection serves the next request, or has ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CorpusWorld world = new CorpusWorld(TestEngine.database(), TestEngine.port());
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          log.add(event.getFormattedMessage() + event.getKeyValuePairs());
          Optional.ofNullable(event.getThrowableProxy())
              .ifPresent(cause -> log.add(cause.getMessage()));
        }
      };

  @BeforeAll
  void listenToTheLog() {
    appender.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
  }

  @AfterAll
  void noSecretAndNoNameIsInTheLog() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(appender);
    assertThat(log)
        .allSatisfy(
            line -> assertThat(line).doesNotContain(world.secrets()).doesNotContain("canary"));
  }

  @Test
  void everyRowIsThereOnce() {
    // Given
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("C-A", 20);
    sizes.put("C-H", 34);
    sizes.put("C-J", 22);
    sizes.put("C-V", 20);
    sizes.put("C-U", 9);
    sizes.put("C-F", 44);
    sizes.put("C-P", 25);
    sizes.put("C-B", 11);
    sizes.put("C-X", 13);
    sizes.put("C-L", 7);
    List<String> expected = new ArrayList<>();
    sizes.forEach((section, size) -> {
      for (int number = 1; number <= size; number++) {
        expected.add("%s%02d".formatted(section, number));
      }
    });
    // When
    List<String> ids =
        CorpusFile.all().stream().map(CorpusRow::id).map(id -> id.substring(0, 5)).toList();
    // Then
    assertThat(new TreeSet<>(ids)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void whatIsSaidToBeShownElsewhereIsThere() {
    // Given
    List<String> elsewhere =
        CorpusFile.all().stream().flatMap(row -> row.elsewhere().stream()).toList();
    // When
    List<String> tests = elsewhere.stream().filter(reason -> !reason.startsWith("none: ")).toList();
    // Then
    assertThat(tests)
        .allSatisfy(test -> {
          String[] name = test.split("#");
          assertThat(Class.forName(name[0]).getDeclaredMethods())
              .extracting(Method::getName)
              .contains(name[1]);
        });
  }

  @TestFactory
  @Clause("rfc7644/3.12/1")
  Stream<DynamicContainer> everyRowIsAnsweredAsItShould() {
    return CorpusFile.all().stream()
        .filter(row -> row.elsewhere().isEmpty())
        .collect(Collectors.groupingBy(CorpusRow::section, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(section ->
            DynamicContainer.dynamicContainer(
                section.getKey(),
                section.getValue().stream()
                    .map(row -> DynamicTest.dynamicTest(row.toString(), () -> run(row)))));
  }

  private void run(CorpusRow row) throws IOException {
    try (Conversation conversation = new Conversation(world, row)) {
      boolean closed = false;
      for (Exchange exchange : row.exchanges()) {
        if (exchange.answer().statuses().isEmpty()) {
          assertThat(conversation.endsAfter(conversation.request(exchange)))
              .as("the connection ends")
              .isTrue();
          return;
        }
        TreeSet<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < exchange.times(); i++) {
          Answer answer = conversation.answer(conversation.request(exchange));
          check(answer, exchange.answer(), conversation);
          statuses.add(answer.status());
        }
        if (exchange.times() > 1) {
          assertThat(statuses).containsExactlyInAnyOrderElementsOf(exchange.answer().statuses());
        }
        closed = exchange.answer().closed();
      }
      if (closed) {
        assertThat(conversation.ends()).as("the connection ends").isTrue();
      } else {
        assertThat(conversation.next()).as("the next request's status").isEqualTo(200);
      }
    }
  }

  private void check(Answer answer, Expectation expected, Conversation conversation)
      throws IOException {
    String text = answer.text();
    assertThat(answer.status()).as("status, with %s", text).isIn(expected.statuses());
    if (expected.scimType().equals("bare")) {
      return;
    }
    assertThat(answer.header("X-Request-Id")).as("X-Request-Id").matches("[0-9a-z]+-[0-9a-z]+");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.headers()).doesNotContainKey("server");
    assertThat(text).doesNotContain(world.secrets());
    JsonNode body = text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
    if (!text.isEmpty()) {
      assertThat(answer.header("Content-Type")).startsWith("application/scim+json");
    }
    if (answer.status() >= 400) {
      assertThat(body.at("/schemas/0").asText()).isEqualTo(ERROR);
      assertThat(body.path("status").textValue()).isEqualTo(Integer.toString(answer.status()));
      assertThat(body.path("scimType").asText())
          .as("scimType, with %s", text)
          .isEqualTo(expected.scimType());
      assertThat(body.path("detail").asText()).startsWith("Expected ").doesNotContain("canary");
      assertThat(body.fieldNames())
          .toIterable()
          .isSubsetOf("schemas", "status", "scimType", "detail");
    }
    expected
        .headers()
        .forEach(header ->
            assertThat(answer.header(header.name()))
                .as(header.name())
                .contains(conversation.filled(header.expected())));
    expected
        .values()
        .forEach(value ->
            assertThat(value(body, value.name()))
                .as("%s of %s", value.name(), text)
                .isEqualTo(conversation.filled(value.expected())));
  }

  private static String value(JsonNode body, String pointer) {
    JsonNode value = body.at(pointer);
    return value.isMissingNode()
        ? "absent"
        : value.isValueNode() ? value.asText() : value.toString();
  }
}
