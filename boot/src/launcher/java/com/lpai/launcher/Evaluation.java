package com.lpai.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What database, sandbox and server are told so that they find each other with nothing configured. */
final class Evaluation {
  static final String CLIENT_ID = "lpaisandbox-evaluation";

  private final Map<String, String> environment;
  private final Ports ports;
  private final DataDirectory data;

  Evaluation(Map<String, String> environment, Ports ports, DataDirectory data) {
    this.environment = environment;
    this.ports = ports;
    this.data = data;
  }

  Map<String, String> forSandbox() {
    Map<String, String> result = new HashMap<>(environment);
    result.put("SANDBOX_CLIENT_ID", CLIENT_ID);
    result.put("SANDBOX_CLIENT_SECRET", clientSecret());
    result.put("SANDBOX_REDIRECT_URI", publicUrl() + "/api/oauth/callback");
    result.put("SANDBOX_WEBHOOK_URL", ports.serverUrl() + "/api/webhooks/ghl/native");
    result.put("SANDBOX_DEMO", "true");
    return result;
  }

  Map<String, String> forServer() {
    Map<String, String> result = new HashMap<>(environment);
    String sandbox = "http://127.0.0.1:" + ports.sandbox();
    result.put("LPAI_EVALUATION", "true");
    result.put("LPAI_HTTP_HOST", ports.httpHost());
    result.put("MONGODB_URI", "mongodb://127.0.0.1:" + ports.database() + "/lpai");
    result.put("GHL_BASE_URL", sandbox);
    result.put("GHL_OAUTH_BASE_URL", sandboxUrl());
    result.put("GHL_MARKETPLACE_CLIENT_ID", CLIENT_ID);
    result.put("GHL_MARKETPLACE_CLIENT_SECRET", clientSecret());
    result.put("GHL_WEBHOOK_PUBLIC_KEYS", data.file("sandbox-webhook-keys.pem").toString());
    result.put("LPAI_CLOCK_URL", sandbox + "/sandbox/clock");
    result.put("PUBLIC_API_URL", publicUrl());
    result.put("CRON_SECRET", own("CRON_SECRET", "cron-secret"));
    result.put("LPAI_OPERATOR_PASSWORD", operatorPassword());
    boolean keptInAFile = List.of("", "local").contains(environment.getOrDefault("LPAI_MASTER_KEY_PROVIDER", ""));
    if (keptInAFile && !StartMode.isSet(environment, "LPAI_MASTER_KEY_FILE")) {
      result.put("LPAI_MASTER_KEY_FILE", data.file("master-key").toString());
    }
    return result;
  }

  /** The address that a person's browser opens. */
  String sandboxUrl() {
    return "http://localhost:" + ports.sandbox();
  }

  String publicUrl() {
    String chosen = environment.getOrDefault("PUBLIC_API_URL", "");
    return chosen.isEmpty() ? "http://localhost:" + ports.http() : chosen.replaceAll("/+$", "");
  }

  String operatorPassword() {
    return own("LPAI_OPERATOR_PASSWORD", "operator-password");
  }

  private String clientSecret() {
    return data.secret("sandbox-client-secret");
  }

  /** The person's own value where there is one, else a random one that is kept. */
  private String own(String setting, String file) {
    String chosen = environment.getOrDefault(setting, "");
    return chosen.isEmpty() ? data.secret(file) : chosen;
  }
}
