package com.lpai.boot.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The file with the local master key: 96 bytes in base64. */
final class MasterKeyFile {
  private static final int LENGTH = 96;

  private MasterKeyFile() {}

  /**
   * Reads the key.
   *
   * @param setting what names the file, for the message
   * @param mayCreate whether a missing file is made (evaluation mode); in production a missing key
   *     must stop the start, because a new one would make every stored token unreadable
   * @throws ConfigurationException when it is missing or no key
   */
  static byte[] read(Path file, String setting, boolean mayCreate) {
    try {
      if (mayCreate && !Files.exists(file)) {
        create(file);
      }
      byte[] key = Base64.getMimeDecoder().decode(Files.readString(file).strip());
      if (key.length != LENGTH) {
        throw refused(setting, file, "holds " + key.length + " bytes; 96 in base64 are needed");
      }
      return key;
    } catch (IOException unreadable) {
      throw refused(setting, file, "cannot be read");
    } catch (IllegalArgumentException notBase64) {
      throw refused(setting, file, "is not base64");
    }
  }

  private static ConfigurationException refused(String setting, Path file, String why) {
    return new ConfigurationException(
        List.of(
            setting
                + " names "
                + file
                + ", which "
                + why
                + ". Make one with: openssl rand -base64 96"));
  }

  /** Written aside and linked, so that a crash leaves no half of a key. */
  private static void create(Path file) {
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    try {
      Path aside =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              "master-key",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          aside,
          Base64.getEncoder().encodeToString(key),
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      try {
        // A move would replace a key that somebody made meanwhile, and may have used.
        Files.createLink(file, aside);
      } finally {
        Files.delete(aside);
      }
    } catch (FileAlreadyExistsException madeMeanwhile) {
      return;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }
}
