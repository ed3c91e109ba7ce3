package com.phonemos.scim.idp.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class CompanyTest {
  private static final CompanySpec SPEC = new CompanySpec(7, 2_000, 60, 3);

  @Test
  void aSeedDecidesTheCompany() {
    // When
    Company company = Company.generate(SPEC);
    // Then
    assertThat(company).isEqualTo(Company.generate(SPEC));
    assertThat(company).isNotEqualTo(Company.generate(new CompanySpec(8, 2_000, 60, 3)));
  }

  @Test
  void addressesAreValidAndNobodySharesOne() {
    // When
    Company company = Company.generate(SPEC);
    // Then
    List<String> addresses = new ArrayList<>();
    for (Person person : company.people()) {
      addresses.add(person.userName().toLowerCase(Locale.ROOT));
      person.email().filter(mail -> !mail.equals(person.userName())).ifPresent(addresses::add);
    }
    assertThat(addresses).doesNotHaveDuplicates();
    assertThat(addresses)
        .allMatch(a -> a.matches("[a-z][a-z0-9'-]*(\\.[a-z0-9'-]+)*@contoso\\.example"))
        .allMatch(a -> a.indexOf('@') <= 64);
  }

  @Test
  void peopleAreAsVariedAsInARealDirectory() {
    // When
    List<Person> people = Company.generate(SPEC).people();
    // Then
    assertThat(people.stream().map(Person::displayName).distinct().count())
        .isLessThan(people.size());
    assertThat(people).anyMatch(person -> person.email().isEmpty());
    assertThat(people).anyMatch(person -> person.userName().contains("'"));
    assertThat(people).anyMatch(person -> person.displayName().length() > 60);
    assertThat(
            people.stream()
                .map(person -> Character.UnicodeScript.of(person.familyName().codePointAt(0)))
                .distinct()
                .count())
        .isGreaterThan(8);
  }

  @Test
  void anAddressWithAnApostropheIsNeverTheOnlyOne() {
    // When
    List<Person> people = Company.generate(SPEC).people();
    // Then
    assertThat(people)
        .filteredOn(person -> person.userName().contains("'"))
        .allMatch(person -> person.email().filter(mail -> !mail.contains("'")).isPresent());
  }

  @Test
  void everyoneIsInAsManyGroupsAsAsked() {
    // When
    Company company = Company.generate(SPEC);
    // Then
    assertThat(company.groups().stream().mapToInt(team -> team.members().size()).sum())
        .isEqualTo(6_000);
    assertThat(company.groups()).extracting(Company.Team::displayName).doesNotHaveDuplicates();
  }

  @Test
  void aGroupThatIsTooFewIsSharedByEveryone() {
    // When
    Company company = Company.generate(new CompanySpec(1, 5, 2, 3));
    // Then
    assertThat(company.groups()).allMatch(team -> team.members().size() == 5);
  }
}
