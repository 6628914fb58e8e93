package com.lpai.dev.sandbox.openapi;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of reference material beside the project. */
public final class SharedFolder {
  private SharedFolder() {}

  /** The folder; the test is skipped where a machine has none, and fails where CI has none. */
  public static Path required() {
    Optional<Path> found = find();
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("The folder shared/ with GoHighLevel's OpenAPI files is missing: set LPAI_SHARED_DIR");
    }
    assumeTrue(
        found.isPresent(),
        "skipped: no folder shared/ with GoHighLevel's OpenAPI files beside the project; set"
            + " LPAI_SHARED_DIR");
    return found.orElseThrow();
  }

  private static Optional<Path> find() {
    Optional<Path> configured = Optional.ofNullable(System.getenv("LPAI_SHARED_DIR")).map(Path::of);
    Stream<Path> upwards =
        Stream.iterate(Path.of("").toAbsolutePath(), it -> it != null, Path::getParent);
    return Stream.concat(configured.stream(), upwards.map(it -> it.resolve("shared")))
        .filter(it -> Files.isDirectory(it.resolve("ghl-openapi")))
        .findFirst();
  }
}
