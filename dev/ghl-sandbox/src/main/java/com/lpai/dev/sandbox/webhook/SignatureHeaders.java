package com.lpai.dev.sandbox.webhook;

import com.lpai.dev.sandbox.webhook.Delivery.Sign;
import com.lpai.dev.sandbox.world.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The headers that prove where a webhook comes from (ghl-facts.md 6.1 and 6.3). */
final class SignatureHeaders {
  private static final String ED25519 = "X-GHL-Signature";
  private static final String RSA = "X-WH-Signature";

  private final WebhookKeys keys;
  private final Settings settings;

  SignatureHeaders(WebhookKeys keys, Settings settings) {
    this.keys = keys;
    this.settings = settings;
  }

  Map<String, String> of(Sign sign, byte[] body) {
    return switch (sign) {
      case GOOD -> signed(body, false);
      case NEXT -> signed(body, true);
      case BAD, BAD_ONCE -> signed("other bytes".getBytes(StandardCharsets.UTF_8), false);
      case NONE -> Map.of();
    };
  }

  private Map<String, String> signed(byte[] bytes, boolean next) {
    return switch (settings.get(Settings.WEBHOOK_SIGNATURES)) {
      case "ed25519" -> Map.of(ED25519, keys.ed25519Signature(bytes, next));
      case "rsa" -> Map.of(RSA, keys.rsaSignature(bytes, next));
      case "n/a" -> Map.of(ED25519, "N/A", RSA, keys.rsaSignature(bytes, next));
      default ->
          Map.of(ED25519, keys.ed25519Signature(bytes, next), RSA, keys.rsaSignature(bytes, next));
    };
  }
}
