package com.phonemos.scim.idp.cli;

import com.phonemos.scim.idp.cycle.Progress;
import com.phonemos.scim.idp.directory.Company;
import com.phonemos.scim.idp.directory.Directory;
import com.phonemos.scim.idp.wire.Endpoint;
import com.phonemos.scim.idp.wire.HarRecorder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One identity provider's command: connect, tell the story, look at the result. */
abstract class ProviderCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private RunOptions options = new RunOptions();

  /** Sets the provider up; nothing is sent yet. */
  abstract Provider connect(
      Endpoint endpoint, Directory directory, int parallel, Progress progress);

  @Override
  public final Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Endpoint endpoint = options.endpoint();
    Directory directory = new Directory(Company.generate(options.company()));
    Optional<Path> recording = options.recording();
    if (recording.isEmpty()) {
      return run(endpoint, directory, out, Optional.empty());
    }
    try (HarRecorder recorder =
        new HarRecorder(
            endpoint, new BufferedOutputStream(Files.newOutputStream(recording.get())))) {
      return run(endpoint, directory, out, Optional.of(recorder));
    }
  }

  private int run(
      Endpoint endpoint, Directory directory, PrintWriter out, Optional<HarRecorder> recorder) {
    Run run = new Run(out);
    try (Provider provider =
        connect(endpoint, directory, options.parallel(), ProgressBar.onTerminal(out))) {
      recorder.ifPresent(provider.client()::listen);
      provider.client().pace(options.rate());
      new Story(provider, run, options.company()).tell(options.scenario());
      run.line(provider.belief());
      return run.end(endpoint, provider.expected(), options.verify());
    }
  }
}
