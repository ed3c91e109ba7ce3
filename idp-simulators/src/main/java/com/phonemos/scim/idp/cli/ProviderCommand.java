package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.IdentityProvider;
import com.phonemos.scim.idp.cycle.Execution;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.memory.MemoryEndpoint;
import com.phonemos.scim.idp.scenario.Scenario;
import com.phonemos.scim.idp.scenario.Story;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.HarRecorder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One identity provider's command: connect, tell the story, look at the result. */
abstract class ProviderCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private RunOptions options = new RunOptions();

  /**
   * Sets the provider up; nothing is sent yet.
   *
   * @param executed what the command line says about how the work is carried out
   */
  abstract IdentityProvider connect(
      Endpoint endpoint, Directory directory, UnaryOperator<Execution> executed);

  @Override
  public final Integer call() throws IOException {
    Optional<MemoryEndpoint> memory = options.memory();
    try {
      return run(memory.map(MemoryEndpoint::endpoint).orElseGet(options::endpoint));
    } finally {
      memory.ifPresent(MemoryEndpoint::close);
    }
  }

  private int run(Endpoint endpoint) throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Directory directory = new Directory(Company.generate(options.company()), options.clock());
    Optional<Path> recording = options.recording();
    if (recording.isEmpty()) {
      return run(endpoint, directory, out, Optional.empty());
    }
    try (HarRecorder recorder = new HarRecorder(endpoint, opened(recording.get()))) {
      return run(endpoint, directory, out, Optional.of(recorder));
    }
  }

  private int run(
      Endpoint endpoint, Directory directory, PrintWriter out, Optional<HarRecorder> recorder) {
    Run run = new Run(out);
    try (IdentityProvider provider =
        connected(endpoint, directory, options.executed(ProgressBar.onTerminal(out)))) {
      recorder.ifPresent(provider.client()::listen);
      provider.client().pace(options.rate());
      Scenario scenario = options.scenario();
      new Story(provider, options.company(), report -> run.report(report, !scenario.forgiving()))
          .tell(scenario);
      return run.end(provider, options.verify());
    }
  }

  private OutputStream opened(Path file) {
    try {
      return new BufferedOutputStream(Files.newOutputStream(file));
    } catch (IOException unwritable) {
      throw wrong("Expected a file that can be written, but got " + unwritable.getMessage());
    }
  }

  /** What an option's type does not exclude, the records that take its value do. */
  private IdentityProvider connected(
      Endpoint endpoint, Directory directory, UnaryOperator<Execution> executed) {
    try {
      return connect(endpoint, directory, executed);
    } catch (IllegalArgumentException invalid) {
      throw wrong(String.valueOf(invalid.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
