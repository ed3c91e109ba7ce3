package com.phonemos.scim.engine.cli;

import com.phonemos.scim.engine.admin.AdminJson;
import com.phonemos.scim.engine.store.Recordings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code phonemos-scim tenant record}. */
@Command(
    name = "record",
    description =
        "Record what a tenant's identity provider sends and is answered, for a while. Prints the"
            + " recording's id.",
    footer = {
      "",
      "Tokens and passwords are not recorded; people's data is, and is deleted 7 days after the"
          + " end. Every engine on this database records from within a second on.",
      "",
      "Examples:",
      "  phonemos-scim tenant record acme --for 2h",
      "  phonemos-scim tenant record acme --for 30m --max-size 16MiB",
    })
final class TenantRecordCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SLUG", description = "The tenant.")
  private String slug = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      required = true,
      converter = Time.class,
      description = "After which it ends by itself: such as 30m, 2h or 1d; 7d at most.")
  private Duration length = Duration.ZERO;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      defaultValue = "64MiB",
      converter = Size.class,
      description =
          "At which it ends before: such as 500KiB or 64MiB; 1GiB at most (default:"
              + " ${DEFAULT-VALUE}).")
  private long mostBytes;

  @Option(names = "--json", description = "Print JSON, as the HTTP API does.")
  private boolean json;

  TenantRecordCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(terminal.config())) {
      Recordings.Recording started =
          session.await(session.administration().recordings().start(slug, length, mostBytes));
      terminal
          .err()
          .println(
              "Recorded until "
                  + started.ends().truncatedTo(ChronoUnit.SECONDS)
                  + ". Next: phonemos-scim recording fetch "
                  + slug
                  + " "
                  + started.id()
                  + " --to "
                  + slug
                  + ".har");
      if (json) {
        terminal.json(AdminJson.recording(started));
      } else {
        terminal.out().println(started.id());
      }
    }
    return ExitCode.DONE.status();
  }

  /** A number and a unit. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([smhd])");

    @Override
    public Duration convert(String text) {
      Matcher time = TEXT.matcher(text.toLowerCase(Locale.ROOT));
      if (!time.matches()) {
        throw new TypeConversionException("Expected a time such as 30m or 2h, but it is " + text);
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }

  /** A number and a unit. */
  static final class Size implements ITypeConverter<Long> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)");

    @Override
    public Long convert(String text) {
      Matcher size = TEXT.matcher(text);
      if (!size.matches()) {
        throw new TypeConversionException("Expected a size such as 64MiB, but it is " + text);
      }
      int shift =
          switch (size.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
          };
      return Long.parseLong(size.group(1)) << shift;
    }
  }
}
