package com.lpai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void onlyTheOwnerReadsTheDirectoryAndItsSecrets() throws IOException {
    DataDirectory data = DataDirectory.open(folder.resolve("a/data"));
    data.secret("cron-secret");

    assertThat(permissions(folder.resolve("a/data"))).isEqualTo("rwx------");
    assertThat(permissions(data.file("cron-secret"))).isEqualTo("rw-------");
  }

  @Test
  void aSecretIsMadeOnceAndKept() {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));

    assertThat(data.secret("one")).hasSize(24).isEqualTo(data.secret("one"));
    assertThat(data.secret("two")).isNotEqualTo(data.secret("one"));
  }

  @Test
  void anEmptySecretIsRefusedInsteadOfUsed() throws IOException {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    Files.writeString(data.file("one"), "\n");

    assertThatThrownBy(() -> data.secret("one"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void aSecondLauncherIsRefused() {
    DataDirectory first = DataDirectory.open(folder.resolve("data"));

    assertThatThrownBy(() -> DataDirectory.open(first.root()))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("Another LPai is running on the data directory " + first.root());
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefusedNamingTheSetting() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("LPAI_DATA_DIR");
  }

  @Test
  void aPidFileOfAnEndedProcessIsNoHindrance() throws Exception {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    data.writePid("server", ended.pid());

    data.awaitLeftovers(List.of("server", "database"));

    assertThat(data.file("run/server.pid")).hasContent(String.valueOf(ended.pid()));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
