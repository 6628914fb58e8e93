package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The program's options: from the command line, else from the environment ({@code --client-id} is
 * {@code SANDBOX_CLIENT_ID}), so that a secret need not be on the command line.
 */
final class Options {
  static final String USAGE =
      """
      usage: ghl-sandbox [--port N] [--data DIR] [--client-id ID] [--client-secret SECRET]
                         [--redirect-uri URI] [--webhook-url URL] [--seed N] [--rate-limits on|off|sliding]
                         [--search-lag SECONDS] [--keys-file FILE] [--parent-pid PID] [--demo]
      Each option can be given by environment, too: --client-id is SANDBOX_CLIENT_ID.""";

  private static final List<String> WITH_VALUE =
      List.of(
          "port",
          "data",
          "client-id",
          "client-secret",
          "redirect-uri",
          "webhook-url",
          "seed",
          "rate-limits",
          "search-lag",
          "keys-file",
          "parent-pid");
  private static final String DEMO = "demo";

  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static Options of(List<String> arguments, Map<String, String> environment) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(WITH_VALUE);
    names.add(DEMO);
    for (String name : names) {
      String variable = "SANDBOX_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        values.put(name, value);
      }
    }
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String name = argument.startsWith("--") ? argument.substring(2) : "";
      if (name.equals(DEMO)) {
        values.put(DEMO, "true");
      } else if (!WITH_VALUE.contains(name)) {
        throw new IllegalArgumentException("Unknown argument " + argument + "\n" + USAGE);
      } else if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(argument + " needs a value");
      } else {
        values.put(name, arguments.get(++i));
      }
    }
    return new Options(values);
  }

  SandboxConfig config() {
    SandboxConfig config =
        SandboxConfig.standard()
            .withPort((int) number("port", 9090, 65_535))
            .withClient(
                text("client-id").orElse(SandboxConfig.CLIENT_ID),
                text("client-secret").orElse(SandboxConfig.CLIENT_SECRET))
            .withRedirectUri(uri("redirect-uri", SandboxConfig.REDIRECT_URI))
            .withWebhookUrl(uri("webhook-url", SandboxConfig.WEBHOOK_URL))
            .withSeed(number("seed", 0, Long.MAX_VALUE));
    config = withRateLimits(config);
    if (text("search-lag").isPresent()) {
      config = config.with(Settings.SEARCH_LAG_SECONDS, (int) number("search-lag", 0, 3600));
    }
    Optional<Path> data = path("data");
    return data.isPresent() ? config.withDataDirectory(data.get()) : config;
  }

  Optional<Path> keysFile() {
    return path("keys-file");
  }

  Optional<Long> parentPid() {
    return text("parent-pid").map(any -> number("parent-pid", 0, Long.MAX_VALUE));
  }

  /** The location that is there out of the box, when asked for. */
  Optional<Seeding> demo() {
    return text(DEMO)
        .filter("true"::equals)
        .map(
            any ->
                Seeding.of("demo-location")
                    .withName("Demo Plumbing Co")
                    .withContacts(250, 1)
                    .with(Kind.OPPORTUNITIES, 80)
                    .with(Kind.APPOINTMENTS, 60)
                    .with(Kind.CONVERSATIONS, 40)
                    .with(Kind.MESSAGES, 300));
  }

  private SandboxConfig withRateLimits(SandboxConfig config) {
    return switch (text("rate-limits").orElse("by seed")) {
      case "by seed" -> config;
      case "on" -> config.with(Settings.SLIDING_RATE_WINDOW, false);
      case "off" -> config.withoutRateLimits();
      case "sliding" -> config.with(Settings.SLIDING_RATE_WINDOW, true);
      default -> throw new IllegalArgumentException("--rate-limits must be on, off or sliding");
    };
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private Optional<Path> path(String name) {
    return text(name).map(Path::of);
  }

  private long number(String name, long otherwise, long most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    boolean isNumber = text.get().matches("\\d{1,18}");
    if (!isNumber || Long.parseLong(text.get()) > most) {
      throw new IllegalArgumentException(
          "--" + name + " must be a whole number from 0 to " + most + ", not " + text.get());
    }
    return Long.parseLong(text.get());
  }

  private URI uri(String name, String otherwise) {
    String text = text(name).orElse(otherwise);
    try {
      URI uri = URI.create(text);
      if (uri.isAbsolute() && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("--" + name + " is not an address: " + text, malformed);
    }
    throw new IllegalArgumentException("--" + name + " must be a full http address: " + text);
  }
}
