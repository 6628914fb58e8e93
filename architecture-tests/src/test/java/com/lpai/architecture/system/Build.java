package com.lpai.architecture.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The built programs of this checkout, and free ports for them. */
final class Build {
  private static final Path ROOT = root();

  private Build() {}

  static Path launcher() {
    return built("boot/target/lpai.jar");
  }

  static Path database() {
    return built("dev/embedded-mongo/target/embedded-mongo.jar");
  }

  static Path sandbox() {
    return built("dev/ghl-sandbox/target/ghl-sandbox.jar");
  }

  /** The server with the application that we ship. */
  static Path liberty() {
    return built("boot/target/liberty/wlp/usr/servers/lpai/server.xml")
        .resolve("../../../..")
        .normalize();
  }

  /** What goes into the war, unpacked. */
  static Path explodedWar() {
    return liberty().resolve("usr/servers/lpai/apps/lpai.war");
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Options of the servers' JVMs: tests that start and kill many have them compile for a minute,
   * {@link LauncherIT} and measurements as in production.
   */
  static List<String> jvmOptions() {
    String options = System.getProperty("lpai.processes.jvm", "");
    return options.isEmpty() ? List.of() : List.of(options.split(" "));
  }

  /** A port that was free a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path built(String path) {
    Path file = ROOT.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          file + " is missing: run `./mvnw verify`, or package it first");
    }
    return file;
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(directory.resolve("boot/pom.xml"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("No checkout of LPai above the working directory");
      }
      directory = parent;
    }
    return directory;
  }
}
