package com.lpai.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;

/** The built programs, found from the place of `lpai.jar`. */
final class Parts {
  private final Path root;

  private Parts(Path root) {
    this.root = root;
  }

  /** The parts of the project whose `boot/target/lpai.jar` is running. */
  static Parts ofThisJar() {
    CodeSource source = Parts.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = Paths.get(source.getLocation().toURI()).toRealPath();
      return new Parts(jar.resolve("../../..").normalize());
    } catch (URISyntaxException | java.io.IOException moved) {
      throw new StartRefused("The place of lpai.jar cannot be read: " + moved.getMessage(), moved);
    }
  }

  /** The script of Open Liberty that runs a server in the foreground. */
  Path server() {
    return existing(root.resolve("boot/target/liberty/wlp/bin/server"));
  }

  Path database() {
    return existing(root.resolve("dev/embedded-mongo/target/embedded-mongo.jar"));
  }

  Path sandbox() {
    return existing(root.resolve("dev/ghl-sandbox/target/ghl-sandbox.jar"));
  }

  Path defaultDataDirectory() {
    return root.resolve("data");
  }

  private Path existing(Path part) {
    if (!Files.isRegularFile(part)) {
      throw new StartRefused(
          part + " is missing. Build it first: ./mvnw package in " + root + " (or ./mvnw alone).");
    }
    return part;
  }
}
