package com.lpai.launcher;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the environment asks for. */
enum StartMode {
  /** Nothing is configured: database and sandbox are started beside the server. */
  EVALUATION,

  /** A database and GoHighLevel credentials are configured: only the server is started. */
  SERVER_ONLY;

  private static final List<String> REQUIRED =
      List.of("MONGODB_URI", "GHL_MARKETPLACE_CLIENT_ID", "GHL_MARKETPLACE_CLIENT_SECRET");

  /** Settings that evaluation mode fills in itself: one of them alone says that somebody meant something else. */
  private static final List<String> FOR_A_CONFIGURED_SERVER =
      List.of("GHL_BASE_URL", "GHL_OAUTH_BASE_URL", "GHL_WEBHOOK_PUBLIC_KEYS", "LPAI_CLOCK_URL");

  /**
   * Decides from environment variables; an empty one counts as absent.
   *
   * @throws StartRefused if only a part is configured, naming what is missing
   */
  static StartMode decide(Map<String, String> environment) {
    boolean evaluationAskedFor = evaluation(environment);
    List<String> missing =
        REQUIRED.stream().filter(name -> !isSet(environment, name)).collect(Collectors.toList());
    if (missing.isEmpty()) {
      return SERVER_ONLY;
    }
    List<String> present =
        REQUIRED.stream().filter(name -> isSet(environment, name)).collect(Collectors.toList());
    if (present.isEmpty()) {
      FOR_A_CONFIGURED_SERVER.stream()
          .filter(name -> isSet(environment, name))
          .forEach(present::add);
    }
    if (!present.isEmpty()) {
      throw new StartRefused(contradiction(present, missing));
    }
    if (!evaluationAskedFor && isSet(environment, "LPAI_EVALUATION")) {
      throw new StartRefused(contradiction(List.of("LPAI_EVALUATION=false"), missing));
    }
    return EVALUATION;
  }

  private static boolean evaluation(Map<String, String> environment) {
    String value = environment.getOrDefault("LPAI_EVALUATION", "");
    if (!List.of("", "true", "false").contains(value)) {
      throw new StartRefused("LPAI_EVALUATION must be true or false; it is \"" + value + "\".");
    }
    return value.equals("true");
  }

  private static String contradiction(List<String> present, List<String> missing) {
    return String.join(", ", present)
        + (present.size() == 1 ? " is set, but " : " are set, but ")
        + String.join(", ", missing)
        + (missing.size() == 1 ? " is" : " are")
        + " missing. Set all of MONGODB_URI, GHL_MARKETPLACE_CLIENT_ID and"
        + " GHL_MARKETPLACE_CLIENT_SECRET for your own database and GoHighLevel app, or none of"
        + " these settings to try LPai with its own database and sandbox.";
  }

  static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }
}
