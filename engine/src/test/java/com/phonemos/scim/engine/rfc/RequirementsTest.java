package com.phonemos.scim.engine.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.phonemos.scim.engine.corpus.Corpus;
import com.phonemos.scim.engine.fixture.Page;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Makes the pages that say which test shows what. */
class RequirementsTest {
  private static final String TESTS = "../src/test/java/";

  private final Map<String, Set<String>> shownBy = new TreeMap<>();

  RequirementsTest() {
    for (JavaClass test : new ClassFileImporter().importPackages("com.phonemos.scim.engine")) {
      for (JavaMethod method : test.getMethods()) {
        if (method.isAnnotatedWith(Clause.class)) {
          for (String clause : method.getAnnotationOfType(Clause.class).value()) {
            show(clause, link(test, method.getName()));
          }
        }
      }
    }
    Corpus.rows()
        .forEach(row ->
            row.clauses()
                .forEach(clause -> show(clause, "[%s](bad-input.md)".formatted(row.id()))));
  }

  @Test
  void everyRequirementHasATestOrAReason() throws IOException {
    // Given
    List<Requirement> requirements = Requirement.all();
    // When
    Set<String> unknown = new TreeSet<>(shownBy.keySet());
    requirements.forEach(requirement -> unknown.remove(requirement.id()));
    // Then
    assertThat(unknown).as("clauses that no requirement has").isEmpty();
    assertThat(requirements)
        .allSatisfy(requirement ->
            assertThat(shownBy.containsKey(requirement.id()))
                .as("%s is shown by a test, or has a reason, and not both", requirement)
                .isEqualTo(requirement.untested().isEmpty()));
    Page.assertUnchanged("rfc7644.md", requirementsPage(requirements));
  }

  @Test
  void theCorpusOfBadInputIsListedWhole() throws IOException {
    Page.assertUnchanged("bad-input.md", Corpus.page());
  }

  private String requirementsPage(List<Requirement> requirements) {
    StringBuilder page =
        new StringBuilder(
            """
            # What the RFCs require, and the test that shows it

            RFC 7644 §3, what §4 says of queries, and RFC 9865, in our words. Made by `RequirementsTest` from the tests'
            `@Clause` and from [clauses.txt](../src/test/resources/rfc/clauses.txt); do not edit.

            | Section | | Requirement | Shown by |
            |---|---|---|---|
            """);
    requirements.forEach(requirement ->
        page.append(
            "| %s | %s | %s | %s |%n"
                .formatted(
                    requirement.section(),
                    requirement.level(),
                    requirement.text(),
                    requirement.untested().isEmpty()
                        ? String.join(", ", shownBy.getOrDefault(requirement.id(), Set.of()))
                        : "*" + requirement.untested() + "*")));
    return page.toString();
  }

  private void show(String clause, String test) {
    shownBy.computeIfAbsent(clause, new_ -> new TreeSet<>()).add(test);
  }

  private static String link(JavaClass test, String method) {
    return "[%s](%s%s.java)".formatted(words(method), TESTS, test.getName().replace('.', '/'));
  }

  /** {@code aDeletedUserIsGone} reads as "a deleted user is gone". */
  private static String words(String name) {
    return name.chars()
        .mapToObj(
            c -> Character.isUpperCase(c) ? " " + (char) Character.toLowerCase(c) : "" + (char) c)
        .collect(Collectors.joining());
  }
}
