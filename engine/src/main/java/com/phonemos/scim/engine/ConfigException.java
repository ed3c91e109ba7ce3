package com.phonemos.scim.engine;

import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with the configuration; the message is for the operator. */
public final class ConfigException extends RuntimeException {
  private final List<Mistake> mistakes;

  /**
   * One setting that cannot be used.
   *
   * @param shown its value, without secrets
   * @param reason {@code Expected <what>, but <fact>}
   * @param suggestion what to do about it
   */
  public record Mistake(String key, String shown, String reason, String suggestion) {
    @Override
    public String toString() {
      return "  %s=%s%n    %s.%n    %s.".formatted(key, shown, reason, suggestion);
    }
  }

  ConfigException(List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .map(Mistake::toString)
            .collect(
                Collectors.joining(
                    System.lineSeparator(),
                    "The configuration has %d mistake%s:%n"
                        .formatted(mistakes.size(), mistakes.size() == 1 ? "" : "s"),
                    "")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
