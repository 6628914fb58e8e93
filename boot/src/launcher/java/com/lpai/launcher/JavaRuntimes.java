package com.lpai.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a Java that can run the server, in the places where `.mvn/jdk.sh` looks too. */
final class JavaRuntimes {
  static final int OLDEST = 21;

  private static final Pattern VERSION =
      Pattern.compile("^JAVA_VERSION=\"(?:1\\.)?([0-9]{1,6})", Pattern.MULTILINE);

  private JavaRuntimes() {}

  /** The home of the Java that runs this program if it will do, else the best other one. */
  static Path find(Map<String, String> environment) {
    if (Runtime.version().feature() >= OLDEST) {
      return Paths.get(System.getProperty("java.home"));
    }
    List<Path> chosen = new ArrayList<>();
    addIfSet(chosen, environment.getOrDefault("JAVA_HOME", ""), "");
    Path byChoice = newest(chosen);
    if (version(byChoice) >= OLDEST) {
      return byChoice;
    }
    Path best = newest(elsewhere(environment));
    if (version(best) >= OLDEST) {
      return best;
    }
    throw new StartRefused(
        String.format(
            "Java %d or newer is needed (25 is best), and none was found in JAVA_HOME, on the PATH or"
                + " in the usual folders; this is Java %d. Install one (https://adoptium.net) or point"
                + " JAVA_HOME to it.",
            OLDEST, Runtime.version().feature()));
  }

  /** The home with the highest version; the first of `homes` among equals; an empty path for none. */
  static Path newest(List<Path> homes) {
    Path best = Paths.get("");
    for (Path home : homes) {
      if (version(home) > version(best)) {
        best = home;
      }
    }
    return best;
  }

  private static int version(Path home) {
    Path release = home.resolve("release");
    if (home.toString().isEmpty()
        || !Files.isRegularFile(release)
        || !Files.isExecutable(home.resolve("bin/java"))) {
      return 0;
    }
    try {
      return version(Files.readString(release));
    } catch (IOException unreadable) {
      return 0;
    }
  }

  /** The feature release that a `release` file tells (8, 11, 21, …), or 0 where it tells none. */
  static int version(String releaseFile) {
    Matcher matcher = VERSION.matcher(releaseFile);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static List<Path> elsewhere(Map<String, String> environment) {
    List<Path> homes = new ArrayList<>();
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      addOwnerOf(homes, folder);
    }
    addChildren(homes, "/usr/lib/jvm", "");
    addChildren(homes, "/usr/java", "");
    addChildren(homes, "/opt/java", "");
    addChildren(homes, "/opt", "");
    addChildren(homes, "/Library/Java/JavaVirtualMachines", "Contents/Home");
    String home = environment.getOrDefault("HOME", "");
    if (!home.isEmpty()) {
      addChildren(homes, home + "/Library/Java/JavaVirtualMachines", "Contents/Home");
      addChildren(homes, home + "/.sdkman/candidates/java", "");
      addChildren(homes, home + "/.jdks", "");
      addChildren(homes, home + "/.jbang/cache/jdks", "");
    }
    return homes;
  }

  /** `java` on the PATH is most often a chain of links into a home's `bin`. */
  private static void addOwnerOf(List<Path> homes, String folder) {
    if (folder.isEmpty()) {
      return;
    }
    try {
      Path bin = Paths.get(folder, "java").toRealPath().getParent();
      Path home = bin == null ? null : bin.getParent();
      if (home != null) {
        homes.add(home);
      }
    } catch (IOException noJavaHere) {
      return;
    }
  }

  private static void addChildren(List<Path> homes, String folder, String inside) {
    Path directory = Paths.get(folder);
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      children.forEach(child -> addIfSet(homes, child.toString(), inside));
    } catch (IOException unreadable) {
      return;
    }
  }

  private static void addIfSet(List<Path> homes, String home, String inside) {
    if (!home.isEmpty()) {
      homes.add(Paths.get(home, inside));
    }
  }
}
