package com.lpai.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What survives a stop: database, sandbox, secrets, logs. One launcher at a time works in it. */
final class DataDirectory {
  private static final Duration LEFTOVERS_END_WITHIN = Duration.ofSeconds(20);

  private final Path root;

  /** Held until this process ends, whatever ends it. */
  @SuppressWarnings("unused")
  private final FileLock lock;

  private DataDirectory(Path root, FileLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes the directory where it is missing, readable by its owner only, and claims it.
   *
   * @throws StartRefused if it cannot be made, or another launcher works in it
   */
  static DataDirectory open(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      createPrivately(root);
      createPrivately(root.resolve("run"));
      createPrivately(root.resolve("logs"));
      return new DataDirectory(root, lock(root));
    } catch (IOException failure) {
      throw new StartRefused(
          "The data directory " + root + " (LPAI_DATA_DIR) cannot be used: " + failure, failure);
    }
  }

  private static FileLock lock(Path root) throws IOException {
    Path file = root.resolve("run/launcher.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<FileLock> lock = tryLock(channel);
    if (lock.isEmpty()) {
      channel.close();
      throw new StartRefused(
          "Another LPai is running on the data directory "
              + root
              + ". Stop it first, or set LPAI_DATA_DIR to another directory.");
    }
    return lock.get();
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException heldByThisProcess) {
      return Optional.empty();
    }
  }

  Path root() {
    return root;
  }

  Path file(String name) {
    return root.resolve(name);
  }

  Path folder(String name) {
    try {
      return createPrivately(root.resolve(name));
    } catch (IOException failure) {
      throw new StartRefused("The directory " + root.resolve(name) + " cannot be made.", failure);
    }
  }

  Path log(String process) {
    return root.resolve("logs").resolve(process + ".log");
  }

  /** The secret of that name, made at random the first time. */
  String secret(String name) {
    Path file = root.resolve(name);
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
      }
      String secret = Files.readString(file).trim();
      if (secret.isEmpty()) {
        throw new StartRefused(file + " is empty. Remove it to have a new secret made.");
      }
      return secret;
    } catch (IOException failure) {
      throw new StartRefused("The secret in " + file + " cannot be kept: " + failure, failure);
    }
  }

  void writePid(String process, long pid) {
    try {
      write(pidFile(process), pid + "\n");
    } catch (IOException failure) {
      throw new StartRefused("The pid file " + pidFile(process) + " cannot be written.", failure);
    }
  }

  void removePid(String process) {
    try {
      Files.deleteIfExists(pidFile(process));
    } catch (IOException failure) {
      System.err.println("The pid file " + pidFile(process) + " stays: " + failure);
    }
  }

  private Path pidFile(String process) {
    return root.resolve("run").resolve(process + ".pid");
  }

  /** Processes of a launcher that was killed end by themselves; their ports are free only then. */
  void awaitLeftovers(List<String> processes) {
    Instant deadline = Instant.now().plus(LEFTOVERS_END_WITHIN);
    for (String process : processes) {
      leftover(process).ifPresent(handle -> awaitEnd(process, handle, deadline));
    }
  }

  private Optional<ProcessHandle> leftover(String process) {
    Path file = pidFile(process);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      Instant written = Files.getLastModifiedTime(file).toInstant();
      // A process that began after the file was written only has got the same number.
      return ProcessHandle.of(Long.parseLong(Files.readString(file).trim()))
          .filter(
              handle -> handle.info().startInstant().filter(start -> !start.isAfter(written)).isPresent());
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static void awaitEnd(String process, ProcessHandle handle, Instant deadline) {
    try {
      handle
          .onExit()
          .get(Math.max(0, Duration.between(Instant.now(), deadline).toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException alive) {
      throw new StartRefused(
          "The " + process + " of an earlier start still runs (process " + handle.pid()
              + "). Stop it first: kill " + handle.pid(), alive);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StartRefused("The start was interrupted.", interrupted);
    } catch (java.util.concurrent.ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Whole or not at all, and never readable by others, not even for a moment. */
  private static void write(Path file, String content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, permissions("rw-------"));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(content));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path createPrivately(Path directory) throws IOException {
    return Files.isDirectory(directory)
        ? directory
        : Files.createDirectories(directory, permissions("rwx------"));
  }

  private static FileAttribute<?>[] permissions(String text) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }
}
