package com.phonemos.scim.engine.corpus;

import com.phonemos.scim.engine.corpus.CorpusRow.Exchange;
import com.phonemos.scim.engine.corpus.CorpusRow.Expectation;
import com.phonemos.scim.engine.corpus.CorpusRow.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads rows of the corpus.
 *
 * <pre>
 * ### C-F01 an operator without a value     a row: one connection
 * @clause rfc7644/3.4.2.2/2                  what of the RFCs it shows
 * @from 127.0.0.2                            before a request: the client's address
 * @times 1000                                before a request: sent that often
 * @continue                                  instead of a request: one more answer
 * GET /Users?filter=userName eq              in short; or as raw bytes, if HTTP/1.1 follows
 * Header: value
 *
 * body
 * &lt;&lt;&lt; 400 invalidFilter                     the answer's status and scimType
 *   Header: text                             a header that contains the text
 *   /totalResults = 0                        a value in its body
 *   closed                                   the connection ends
 * &lt;&lt;&lt; nothing                                the connection ends without an answer
 * &lt;&lt;&lt; 501 bare                               an answer of HTTP's library, not of ours
 * !!! reason                                 instead of requests: where the row is checked
 * </pre>
 */
final class CorpusFile {
  private static final Path FOLDER = Path.of("src/test/resources/corpus");

  private CorpusFile() {}

  /** All rows of all files, in the order of their names. */
  static List<CorpusRow> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<CorpusRow> rows = new ArrayList<>();
      for (Path file : files.filter(name -> name.toString().endsWith(".http")).sorted().toList()) {
        rows.addAll(read(Files.readString(file)));
      }
      return rows;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static List<CorpusRow> read(String text) {
    List<CorpusRow> rows = new ArrayList<>();
    for (String block : text.split("(?m)^### ")) {
      if (block.startsWith("C-")) {
        rows.add(row(new ArrayDeque<>(block.lines().toList())));
      }
    }
    return rows;
  }

  private static CorpusRow row(Deque<String> lines) {
    String[] heading = lines.removeFirst().split(" ", 2);
    List<String> clauses = new ArrayList<>();
    List<Exchange> exchanges = new ArrayList<>();
    Optional<String> elsewhere = Optional.empty();
    skipBlank(lines);
    while (!lines.isEmpty()) {
      if (lines.getFirst().startsWith("@clause ")) {
        clauses.addAll(List.of(lines.removeFirst().substring(8).split(" ")));
      } else if (lines.getFirst().startsWith("!!! ")) {
        elsewhere = Optional.of(lines.removeFirst().substring(4));
      } else {
        exchanges.add(exchange(lines));
      }
      skipBlank(lines);
    }
    return new CorpusRow(heading[0], heading[1], clauses, elsewhere, exchanges);
  }

  private static Exchange exchange(Deque<String> lines) {
    int times = 1;
    Optional<String> from = Optional.empty();
    while (lines.getFirst().startsWith("@")) {
      String[] directive = lines.removeFirst().split(" ", 2);
      switch (directive[0]) {
        case "@times" -> times = Integer.parseInt(directive[1]);
        case "@from" -> from = Optional.of(directive[1]);
        case "@continue" -> {}
        default -> throw new IllegalStateException("Unknown: " + directive[0]);
      }
    }
    StringBuilder request = new StringBuilder();
    while (!lines.getFirst().startsWith("<<< ")) {
      request.append(request.isEmpty() ? "" : "\n").append(lines.removeFirst());
    }
    return new Exchange(request.toString(), times, from, expectation(lines));
  }

  private static Expectation expectation(Deque<String> lines) {
    String[] answer = lines.removeFirst().substring(4).split(" ");
    List<Integer> statuses =
        answer[0].equals("nothing")
            ? List.of()
            : Arrays.stream(answer[0].split("\\|")).map(Integer::valueOf).toList();
    List<Pair> headers = new ArrayList<>();
    List<Pair> values = new ArrayList<>();
    boolean closed = false;
    while (!lines.isEmpty() && lines.getFirst().startsWith("  ")) {
      String line = lines.removeFirst().strip();
      if (line.equals("closed")) {
        closed = true;
      } else if (line.startsWith("/")) {
        String[] value = line.split(" = ", 2);
        values.add(new Pair(value[0], value.length > 1 ? value[1] : ""));
      } else {
        String[] header = line.split(": ", 2);
        headers.add(new Pair(header[0], header[1]));
      }
    }
    return new Expectation(statuses, answer.length > 1 ? answer[1] : "", headers, values, closed);
  }

  private static void skipBlank(Deque<String> lines) {
    while (!lines.isEmpty() && (lines.getFirst().isBlank() || lines.getFirst().startsWith("# "))) {
      lines.removeFirst();
    }
  }
}
