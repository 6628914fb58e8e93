package com.lpai.architecture.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trap 1: nothing that has the shape of a credential is in the sources or the documentation. */
class NoCredentialsTest {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".mvn", "node_modules");
  private static final int LONGEST = 2 << 20;

  private static final List<Pattern> SHAPES =
      List.of(
          // GoHighLevel's client id: the app's id and a suffix.
          Pattern.compile("\\b[0-9a-f]{24}-[a-z0-9]{8}\\b"),
          // Its client secret, or another, where it is named as one.
          Pattern.compile(
              "(?i)(secret|password|api.?key)\\W{1,6}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
          Pattern.compile("\\bpit-[0-9a-f]{8}-[0-9a-f]{4}-"),
          Pattern.compile("\\beyJ[\\w-]{15,}\\.[\\w-]{20,}\\.[\\w-]{20,}"),
          Pattern.compile("(?i)\\bbearer [\\w.-]{24,}"),
          Pattern.compile("mongodb(\\+srv)?://[^\\s:/\"]+:[^\\s@\"]+@[\\w.-]+\\.mongodb\\.net"),
          Pattern.compile("PRIVATE KEY-----[\\s\\\\n\"+]*[A-Za-z0-9+/]{48,}"),
          Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b"));

  @Test
  void nothingInTheTreeHasTheShapeOfACredential() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files = files();
    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      match(text).ifPresent(shape -> found.add(file + " has " + shape));
    }

    assertThat(files).hasSizeGreaterThan(200);
    assertThat(found).isEmpty();
  }

  private static Optional<Pattern> match(String text) {
    return SHAPES.stream().filter(shape -> shape.matcher(text).find()).findFirst();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NOT_OURS.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() <= LONGEST) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  /** Put together here, so that the test does not find itself. */
  static List<String> credentials() {
    String hex = "0123456789ab".repeat(2);
    String uuid = "01234567-89ab-cdef-0123-" + "456789abcdef";
    return List.of(
        "client_id=" + hex + "-" + "lx4k9p2z",
        "\"clientSecret\": \"" + uuid + "\"",
        "pit" + "-" + uuid,
        "eyJ" + "hbGciOiJSUzI1NiIsInR5" + "." + hex + "." + hex,
        "Authorization: Bearer" + " " + hex + hex,
        "mongodb+srv" + "://user:hunter2@cluster0.abcde.mongodb.net/lpai",
        "-----BEGIN PRIVATE" + " KEY-----\n" + hex + hex,
        "AKIA" + "0123456789ABCDEF");
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void aCredentialWouldBeSeen(String credential) {
    assertThat(match("one line\n" + credential + "\nanother")).isPresent();
  }
}
