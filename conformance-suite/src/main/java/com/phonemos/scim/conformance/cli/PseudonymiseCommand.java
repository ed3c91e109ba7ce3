package com.phonemos.scim.conformance.cli;

import com.phonemos.scim.conformance.har.HarEntry;
import com.phonemos.scim.conformance.har.HarReader;
import com.phonemos.scim.conformance.har.HarWriter;
import com.phonemos.scim.conformance.har.Pseudonyms;
import com.phonemos.scim.conformance.har.Redaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pseudonymise}: sessions that can be handed on. */
@Command(
    name = "pseudonymise",
    description = {
      "Writes sessions anew, without secrets and with other names for people: one person, one",
      "pseudonym, in all the sessions that are named together; formats are kept. Nobody gets back.",
      "Personal is what RFC 7643 says of people, and any address of mail; look at what your own",
      "extension schemas hold before you hand a session on."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  scim-conformance pseudonymise acme.har --to handed-on"},
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the sessions were written",
      "2:the command line is wrong",
      "3:a file cannot be read or written"
    })
final class PseudonymiseCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "FOLDER",
      description = "Where they are written, under the same names; nothing there is overwritten.")
  private Path folder = Path.of("");

  @Parameters(arity = "1..*", paramLabel = "SESSION", description = "HTTP archives.")
  private List<Path> sessions = List.of();

  @Override
  public Integer call() throws IOException {
    Pseudonyms pseudonyms = Pseudonyms.random();
    Files.createDirectories(folder);
    for (Path session : sessions) {
      Path file = folder.resolve(session.getFileName());
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      long entries = write(session, file, new Redaction(Optional.of(pseudonyms)));
      System.out.println(entries + " exchanges in " + file);
    }
    return ExitCode.OK;
  }

  private static long write(Path session, Path file, Redaction redaction) throws IOException {
    ProgressBar bar = ProgressBar.on(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    long size = Files.size(session);
    long entries = 0;
    try (HarReader reader = HarReader.open(session);
        HarWriter writer = new HarWriter(file)) {
      for (Optional<HarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        writer.write(redaction.redacted(next.get()));
        entries++;
        bar.advanced(reader.position(), size, "bytes");
      }
    }
    bar.advanced(size, size, "bytes");
    return entries;
  }
}
