package com.lpai.dev.sandbox.webhook;

import com.lpai.dev.sandbox.webhook.Delivery.Sign;
import com.lpai.dev.sandbox.world.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that prove where a webhook comes from (ghl-facts.md 6.1 and 6.3). */
final class SignatureHeaders {
  private static final String ED25519 = "X-GHL-Signature";
  private static final String RSA = "X-WH-Signature";
  private static final int REMEMBERED = 2_000;

  private final WebhookKeys keys;
  private final Settings settings;

  /**
   * A webhook that is sent again has the signatures it had; to make them anew, as often as a server
   * is away, took more of the machine than all else.
   */
  private final Map<Signed, Map<String, String>> made = Collections.synchronizedMap(new Latest());

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
    Signed what =
        new Signed(settings.get(Settings.WEBHOOK_SIGNATURES), next, ByteBuffer.wrap(bytes));
    Map<String, String> known = made.get(what);
    if (known != null) {
      return known;
    }
    Map<String, String> headers = headers(what.how(), bytes, next);
    made.put(what, headers);
    return headers;
  }

  private Map<String, String> headers(String how, byte[] bytes, boolean next) {
    return switch (how) {
      case "ed25519" -> Map.of(ED25519, keys.ed25519Signature(bytes, next));
      case "rsa" -> Map.of(RSA, keys.rsaSignature(bytes, next));
      case "n/a" -> Map.of(ED25519, "N/A", RSA, keys.rsaSignature(bytes, next));
      default ->
          Map.of(ED25519, keys.ed25519Signature(bytes, next), RSA, keys.rsaSignature(bytes, next));
    };
  }

  /** What the headers are of. */
  private record Signed(String how, boolean next, ByteBuffer bytes) {}

  private static final class Latest extends LinkedHashMap<Signed, Map<String, String>> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Signed, Map<String, String>> eldest) {
      return size() > REMEMBERED;
    }
  }
}
