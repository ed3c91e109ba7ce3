package com.phonemos.scim.engine;

import com.phonemos.scim.engine.ConfigException.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads named settings one by one and remembers every mistake until {@link #check}. */
final class Settings {
  static final String PREFIX = "PHONEMOS_SCIM_";

  /**
   * Kubernetes gives every container variables named after the services of its namespace, and a
   * service may well be called phonemos-scim.
   */
  private static final Pattern OF_KUBERNETES =
      Pattern.compile(
          "PHONEMOS_SCIM_(.*_)?SERVICE_(HOST|PORT(_.*)?)=.*|.*_PORT(_.*)?=(tcp|udp)://.*"
              + "|.*_PORT_\\d+_(TCP|UDP)_(PROTO|PORT|ADDR)=.*");

  private static final int LARGEST_TYPO = 4;

  private final Map<String, String> values;
  private final Set<String> asked = new TreeSet<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  Settings(Map<String, String> values) {
    this.values = new TreeMap<>();
    values.forEach((key, value) -> {
      if (key.startsWith(PREFIX) && !OF_KUBERNETES.matcher(key + "=" + value).matches()) {
        this.values.put(key, value.strip());
      }
    });
  }

  /** A setting that is empty counts as absent: that is how environments switch one off. */
  Optional<String> text(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  int number(String key, int otherwise, int least, int most) {
    String expected = "Expected a whole number from %d to %d".formatted(least, most);
    return text(key)
        .flatMap(value -> {
          try {
            int number = Integer.parseInt(value.replace("_", ""));
            if (number >= least && number <= most) {
              return Optional.of(number);
            }
            mistake(key, value, expected + ", but it is outside", leaveOut(otherwise));
          } catch (NumberFormatException notOne) {
            mistake(key, value, expected + ", but it is none", leaveOut(otherwise));
          }
          return Optional.empty();
        })
        .orElse(otherwise);
  }

  /**
   * A value in a form of its own.
   *
   * @param read throws {@link Unusable} with the reason
   * @param shown the value as it may be printed
   */
  <T> Optional<T> value(String key, Function<String, T> read, Function<String, String> shown) {
    return text(key)
        .flatMap(value -> {
          try {
            return Optional.of(read.apply(value));
          } catch (Unusable unusable) {
            mistake(key, shown.apply(value), unusable.reason, unusable.suggestion);
            return Optional.empty();
          }
        });
  }

  void mistake(String key, String shown, String reason, String suggestion) {
    mistakes.add(new Mistake(key, shown, reason, suggestion));
  }

  /**
   * Every setting has been asked for by now, so what is left is a slip of the pen.
   *
   * @throws ConfigException naming all mistakes
   */
  void check() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        String suggestion =
            nearest(key)
                .map(known -> "Did you mean " + known + "?")
                .orElse("Remove it; phonemos-scim serve --help lists the settings");
        // Its value may be a secret under a mistyped name.
        mistake(
            key,
            "(not shown)",
            "Expected a known setting, but there is none of this name",
            suggestion);
      }
    }
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }

  private Optional<String> nearest(String key) {
    return asked.stream()
        .filter(known -> distance(key, known) <= LARGEST_TYPO)
        .min((a, b) -> Integer.compare(distance(key, a), distance(key, b)));
  }

  /** Levenshtein's: single-letter edits from one to the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }

  private static String leaveOut(int otherwise) {
    return "Leave it out for the default, " + otherwise;
  }

  /** Why a value cannot be used, and what to do. */
  static final class Unusable extends RuntimeException {
    private final String reason;
    private final String suggestion;

    Unusable(String reason, String suggestion) {
      super(reason);
      this.reason = reason;
      this.suggestion = suggestion;
    }
  }
}
