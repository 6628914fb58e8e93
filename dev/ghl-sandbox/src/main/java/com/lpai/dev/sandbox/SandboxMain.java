package com.lpai.dev.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The sandbox as a program: prints {@code READY <address>} when it answers. */
public final class SandboxMain {
  private static final int BAD_ARGUMENT = 2;
  private static final int CANNOT_START = 1;

  private SandboxMain() {}

  public static void main(String[] arguments) {
    Options options;
    SandboxConfig config;
    try {
      options = Options.of(List.of(arguments), System.getenv());
      config = options.config();
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.exit(BAD_ARGUMENT);
      return;
    }
    try {
      run(options, config, System.out);
    } catch (UncheckedIOException | IllegalStateException | IOException failure) {
      System.err.println(failure.getMessage());
      System.exit(CANNOT_START);
    }
  }

  private static void run(Options options, SandboxConfig config, PrintStream out)
      throws IOException {
    Optional<ProcessHandle> parent = options.parentPid().flatMap(ProcessHandle::of);
    if (options.parentPid().isPresent() && parent.isEmpty()) {
      throw new IllegalStateException("--parent-pid: there is no such process");
    }
    GhlSandbox sandbox = GhlSandbox.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "close-sandbox"));
    options.demo().ifPresent(sandbox::ensureLocation);
    if (options.keysFile().isPresent()) {
      write(options.keysFile().get(), sandbox.publicKeys());
    }
    parent.ifPresent(SandboxMain::endWith);
    out.println("READY " + sandbox.baseUri());
    out.flush();
  }

  private static void endWith(ProcessHandle parent) {
    CompletableFuture<Void> ending = parent.onExit().thenRun(() -> System.exit(0));
    if (ending.isCompletedExceptionally()) {
      throw new IllegalStateException("--parent-pid: the process cannot be watched");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(file, text);
  }
}
