package com.lpai.architecture.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The war carries neither the sandbox nor the embedded database, nor what tests put between. */
class WarTest {

  @Test
  void noLibraryOfTheWarIsAStandIn() throws IOException {
    Path libraries =
        Path.of("..", "boot", "target", "liberty", "wlp", "usr", "servers", "lpai", "apps")
            .resolve("lpai.war/WEB-INF/lib");

    try (Stream<Path> files = Files.list(libraries)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).anyMatch(name -> name.startsWith("lpai-domain"));
      assertThat(names)
          .noneMatch(
              name ->
                  name.contains("sandbox")
                      || name.contains("wire-proxy")
                      || name.contains("embedded-mongo")
                      || name.contains("mongo-java-server")
                      || name.contains("mvstore"));
    }
  }
}
