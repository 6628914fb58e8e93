package com.lpai.boot;

import com.lpai.domain.connection.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The operator's token for scripts, in evaluation mode only: {@code
 * $LPAI_DATA_DIR/evaluation-token}.
 */
final class EvaluationToken {
  private EvaluationToken() {}

  /** Written aside and moved, so that a script never reads half of it. */
  static void write(Path dataDirectory, Secret token) {
    Path file = dataDirectory.resolve("evaluation-token");
    try {
      Path aside =
          Files.createTempFile(
              dataDirectory,
              "evaluation-token",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(aside, token.value());
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }
}
