package com.lpai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaRuntimesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1.8.0_302,8", "11.0.2,11", "21,21", "25.0.3,25", "26-ea,26"})
  void theVersionIsReadFromTheReleaseFile(String version, int expected) {
    String release =
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"";

    assertThat(JavaRuntimes.version(release)).isEqualTo(expected);
  }

  @Test
  void aReleaseFileWithoutAVersionTellsNone() {
    assertThat(JavaRuntimes.version("JAVA_RUNTIME_VERSION=\"25\"\n")).isZero();
  }

  @Test
  void theNewestHomeThatCanRunIsChosen() throws IOException {
    Path old = javaHome("17.0.1");
    Path newest = javaHome("25.0.1");
    Path middle = javaHome("21.0.1");
    Path broken = javaHome("99");
    Files.delete(broken.resolve("bin/java"));

    assertThat(JavaRuntimes.newest(List.of(folder.resolve("absent"), old, newest, middle, broken)))
        .isEqualTo(newest);
  }

  @Test
  void theJavaThatRunsThisIsGoodEnoughAndStays() {
    assertThat(JavaRuntimes.find(Map.of("JAVA_HOME", "/nonexistent")))
        .isEqualTo(Paths.get(System.getProperty("java.home")));
  }

  private Path javaHome(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }
}
