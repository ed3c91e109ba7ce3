package com.phonemos.scim.idp.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Names of people, by language. */
final class NamePool {
  private static final List<Language> LANGUAGES = read();

  private NamePool() {}

  /**
   * A name.
   *
   * @param written in its own script
   * @param latin as it appears in an address
   */
  record Name(String written, String latin) {}

  /** A full name with the language of who bears it. */
  record FullName(String language, Name given, Name family) {}

  private record Language(String tag, List<Name> given, List<Name> family) {}

  static FullName pick(RandomGenerator random) {
    Language language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
    return new FullName(
        language.tag(), pick(language.given(), random), pick(language.family(), random));
  }

  private static Name pick(List<Name> names, RandomGenerator random) {
    return names.get(random.nextInt(names.size()));
  }

  private static List<Language> read() {
    try (InputStream in =
        Objects.requireNonNull(NamePool.class.getResourceAsStream("names.txt"), "names.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(NamePool::language)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException("Expected the list of names beside this class", broken);
    }
  }

  private static Language language(String line) {
    List<String> parts = Arrays.asList(line.split(";", -1));
    return new Language(parts.get(0).strip(), names(parts.get(1)), names(parts.get(2)));
  }

  private static List<Name> names(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(name -> Arrays.asList(name.strip().split("=", -1)))
        .map(pair -> new Name(pair.get(0), pair.get(1)))
        .toList();
  }
}
