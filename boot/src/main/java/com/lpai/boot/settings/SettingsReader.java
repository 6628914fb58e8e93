package com.lpai.boot.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads settings one by one and collects what is wrong with them, so that one start tells all. */
final class SettingsReader {
  /** What stands in examples and must never be taken for a secret. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(".*(your[-_ ]|change[-_ ]?me|placeholder|example|xxxx|<|>|\\.\\.\\.).*");

  private final Function<String, Optional<String>> source;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** The setting's text without blanks around it; empty when it is not set. */
  String text(String name) {
    return source.apply(name).map(String::strip).orElse("");
  }

  String required(String name, String what) {
    String value = text(name);
    if (value.isEmpty()) {
      problem(name + " is not set: " + what);
    }
    return value;
  }

  String requiredSecret(String name, String what) {
    String value = required(name, what);
    if (PLACEHOLDER.matcher(value.toLowerCase(Locale.ROOT)).matches()) {
      problem(name + " holds a placeholder, not a secret: " + what);
    }
    return value;
  }

  boolean flag(String name, boolean otherwise) {
    String value = text(name);
    return switch (value) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> {
        problem(name + " must be true or false; it is \"" + value + "\".");
        yield otherwise;
      }
    };
  }

  int number(String name, int otherwise, int least, int most) {
    String value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, as for a number out of bounds.
    }
    problem(
        name + " must be a number from " + least + " to " + most + "; it is \"" + value + "\".");
    return otherwise;
  }

  Duration duration(String name, Duration otherwise) {
    Optional<Duration> duration = duration(name);
    if (duration.isPresent() && !duration.get().isNegative() && !duration.get().isZero()) {
      return duration.get();
    }
    if (!text(name).isEmpty()) {
      problem(name + " must be a duration such as PT30S; it is \"" + text(name) + "\".");
    }
    return otherwise;
  }

  Duration duration(String name, Duration otherwise, Duration least, Duration most) {
    Optional<Duration> duration = duration(name);
    if (duration.isPresent()
        && duration.get().compareTo(least) >= 0
        && duration.get().compareTo(most) <= 0) {
      return duration.get();
    }
    if (!text(name).isEmpty()) {
      problem(
          name
              + " must be a duration from "
              + inDays(least)
              + " to "
              + inDays(most)
              + "; it is \""
              + text(name)
              + "\".");
    }
    return otherwise;
  }

  /** Empty when it is not set, and when it is no duration. */
  private Optional<Duration> duration(String name) {
    try {
      return Optional.of(text(name)).filter(value -> !value.isEmpty()).map(Duration::parse);
    } catch (DateTimeParseException notADuration) {
      return Optional.empty();
    }
  }

  /** As a person writes it: P30D rather than PT720H. */
  private static String inDays(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? "P" + duration.toDays() + "D"
        : duration.toString();
  }

  /** An http or https address without a slash at its end. */
  URI address(String name, String otherwise) {
    String value = text(name).isEmpty() ? otherwise : text(name);
    try {
      URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Told below, as for an address of another kind.
    }
    problem(name + " must be an http or https address; it is \"" + value + "\".");
    return URI.create("http://invalid");
  }

  /** The content of the file that the setting names; empty when it is not set. */
  String fileContent(String name) {
    String value = text(name);
    return value.isEmpty() ? "" : content(name, value);
  }

  /** The content of a file that was found as the value of a setting. */
  String content(String name, String file) {
    try {
      String content = Files.readString(Path.of(file));
      if (!content.isBlank()) {
        return content;
      }
      problem(name + " names the file " + file + ", which is empty.");
    } catch (IOException unreadable) {
      problem(name + " names the file " + file + ", which cannot be read.");
    }
    return "";
  }

  void problem(String problem) {
    problems.add(problem);
  }

  void throwIfAnyProblem() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
