package com.lpai.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
  @TempDir Path directory;

  @RepeatedTest(20)
  void allWhoMakeTheKeyAtOnceUseTheSameOneWhichOnlyTheOwnerCanRead() throws IOException {
    Path file = directory.resolve("master-key");

    List<String> keys =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                i ->
                    Base64.getEncoder()
                        .encodeToString(MasterKeyFile.read(file, "LPAI_MASTER_KEY_FILE", true)))
            .toList();

    assertThat(keys).containsOnly(Files.readString(file));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }
}
