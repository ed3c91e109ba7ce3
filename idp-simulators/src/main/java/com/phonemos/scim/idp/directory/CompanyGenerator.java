package com.phonemos.scim.idp.directory;

import com.phonemos.scim.idp.directory.NamePool.FullName;
import com.phonemos.scim.idp.directory.Person.AppRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes up a company that holds what real directories hold: the same name twice, people without
 * e-mail, addresses that differ from sign-in names, apostrophes, long names, many scripts.
 *
 * <p>A sign-in name with an apostrophe comes with an e-mail address without one, because Entra
 * allows the apostrophe in the former and most mail systems are set up without it.
 */
final class CompanyGenerator {
  private static final List<String> DEPARTMENTS =
      List.of(
          "Engineering",
          "Sales",
          "Finance",
          "Legal & Compliance",
          "Human Resources",
          "Research",
          "Einkauf",
          "Équipe Produit",
          "物流",
          "Customer Care",
          "Facilities",
          "Marketing");
  private static final List<String> PLACES =
      List.of(
          "Zürich",
          "Genève",
          "London",
          "São Paulo",
          "東京",
          "İstanbul",
          "Kraków",
          "Αθήνα",
          "Reykjavík",
          "Remote",
          "Writers' Room",
          "HQ");
  private static final List<String> TITLES =
      List.of(
          "Engineer",
          "Senior Engineer",
          "Sales Representative",
          "Buchhalterin",
          "Directrice",
          "Project Manager",
          "Counsel",
          "Assistant to the Head of Worldwide Operations");
  private static final AppRole READER =
      new AppRole("5d3b1a5e-0b6c-4c39-9d2e-1f0a7c2b9e01", "reader", "Reader");
  private static final AppRole WRITER =
      new AppRole("5d3b1a5e-0b6c-4c39-9d2e-1f0a7c2b9e02", "writer", "Writer");
  private static final AppRole ADMIN =
      new AppRole("5d3b1a5e-0b6c-4c39-9d2e-1f0a7c2b9e03", "admin", "Administrator");
  private static final int WITHOUT_EMAIL_PERCENT = 3;
  private static final int ALIAS_PERCENT = 10;
  private static final int DOUBLE_NAME_PERCENT = 2;
  private static final int MANAGED_BY_FIRST = 12;

  private final CompanySpec spec;
  private final SplittableRandom random;
  private final Set<String> taken = new HashSet<>();

  CompanyGenerator(CompanySpec spec) {
    this.spec = spec;
    this.random = new SplittableRandom(spec.seed());
  }

  Company generate() {
    List<Person> people = new ArrayList<>(spec.users());
    for (int i = 0; i < spec.users(); i++) {
      people.add(person(i, people));
    }
    return new Company(people, teams(people));
  }

  /** One more person for a company that exists. */
  Person newcomer(int number) {
    return person(number, List.of());
  }

  /** Keeps an address from being given to anybody else. */
  void take(String address) {
    taken.add(address.toLowerCase(Locale.ROOT));
  }

  private Person person(int index, List<Person> colleagues) {
    FullName name = NamePool.pick(random);
    String given = name.given().written();
    String family = name.family().written();
    if (random.nextInt(100) < DOUBLE_NAME_PERCENT) {
      FullName second = NamePool.pick(random);
      given += " " + second.given().written();
      family += " " + second.family().written() + "-" + NamePool.pick(random).family().written();
    }
    String local = name.given().latin() + "." + name.family().latin();
    String userName = address(local);
    return new Person(
        uuid(),
        userName,
        given,
        family,
        given + " " + family,
        email(userName, name),
        Optional.of(name.language()),
        job(index, colleagues),
        contact(index),
        roles(index));
  }

  /** Most may read, some write too, a few administrate instead. */
  private static List<AppRole> roles(int index) {
    if (index % 20 == 9) {
      return List.of(ADMIN);
    }
    return index % 5 == 3 ? List.of(READER, WRITER) : List.of(READER);
  }

  private Person.Job job(int index, List<Person> colleagues) {
    return new Person.Job(
        Optional.of(TITLES.get(random.nextInt(TITLES.size()))),
        Optional.of(DEPARTMENTS.get(random.nextInt(DEPARTMENTS.size()))),
        Optional.of(String.format(Locale.ROOT, "%05d", 10_000 + index)),
        colleagues.isEmpty()
            ? Optional.empty()
            : Optional.of(
                colleagues
                    .get(random.nextInt(Math.min(MANAGED_BY_FIRST, colleagues.size())))
                    .id()));
  }

  private Person.Contact contact(int index) {
    if (index % 7 == 3) {
      return Person.Contact.unknown();
    }
    String extension = String.format(Locale.ROOT, "%04d", index % 10_000);
    return new Person.Contact(
        Optional.of("HQ, floor " + index % 5),
        Optional.of(
            new Person.Address("Bahnhofstrasse " + index % 90, "Zürich", "ZH", "8001", "CH")),
        Optional.of("+41 44 555 " + extension),
        index % 3 == 0 ? Optional.of("+41 79 555 " + extension) : Optional.empty(),
        Optional.empty());
  }

  private Optional<String> email(String userName, FullName name) {
    if (userName.contains("'")) {
      return Optional.of(
          address(name.given().latin() + "." + name.family().latin().replace("'", "")));
    }
    int draw = random.nextInt(100);
    if (draw < WITHOUT_EMAIL_PERCENT) {
      return Optional.empty();
    }
    if (draw < WITHOUT_EMAIL_PERCENT + ALIAS_PERCENT) {
      return Optional.of(address(name.given().latin().charAt(0) + "." + name.family().latin()));
    }
    return Optional.of(userName);
  }

  private String address(String local) {
    String free = local;
    for (int i = 2; !taken.add(free + "@" + spec.domain()); i++) {
      free = local + i;
    }
    return free + "@" + spec.domain();
  }

  private List<Company.Team> teams(List<Person> people) {
    List<String> names = new ArrayList<>(spec.groups());
    List<Set<String>> members = new ArrayList<>(spec.groups());
    for (int i = 0; i < spec.groups(); i++) {
      names.add(teamName(i));
      members.add(new LinkedHashSet<>());
    }
    int memberships = Math.min(spec.membershipsPerUser(), spec.groups());
    for (Person person : people) {
      Set<Integer> chosen = new LinkedHashSet<>();
      while (chosen.size() < memberships) {
        chosen.add(skewed(spec.groups()));
      }
      chosen.forEach(team -> members.get(team).add(person.id()));
    }
    List<Company.Team> teams = new ArrayList<>(spec.groups());
    for (int i = 0; i < spec.groups(); i++) {
      teams.add(new Company.Team(uuid(), names.get(i), members.get(i)));
    }
    return teams;
  }

  /** Some groups are large and many are small, as in any company. */
  private int skewed(int bound) {
    return random.nextBoolean() ? random.nextInt(bound) : random.nextInt(Math.max(1, bound / 4));
  }

  private static String teamName(int index) {
    String department = DEPARTMENTS.get(index % DEPARTMENTS.size());
    String place = PLACES.get((index / DEPARTMENTS.size()) % PLACES.size());
    int round = index / (DEPARTMENTS.size() * PLACES.size());
    return department + " – " + place + (round == 0 ? "" : " " + (round + 1));
  }

  private String uuid() {
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
        .toString();
  }
}
