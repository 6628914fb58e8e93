package com.lpai.adapter.ghl.webhook;

import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator;
import java.util.Base64;
import java.util.List;

/** Verifies the bytes as they came, before anybody parses them (ghl-facts.md 6.3; trap 17). */
public final class GhlWebhookAuthenticator implements WebhookAuthenticator {
  private final KeyRing current;
  private final KeyRing legacy;

  private GhlWebhookAuthenticator(KeyRing current, KeyRing legacy) {
    this.current = current;
    this.legacy = legacy;
  }

  /**
   * An authenticator.
   *
   * @param pem the accepted public keys; empty for GoHighLevel's own
   * @param acceptLegacy whether the RSA signature counts at all; when it does not, an event that
   *     has only this one is unsigned
   * @throws IllegalArgumentException when the keys cannot be read
   */
  public static GhlWebhookAuthenticator of(String pem, boolean acceptLegacy) {
    return of(pem, acceptLegacy, Cryptography.ofThisMachine());
  }

  static GhlWebhookAuthenticator of(String pem, boolean acceptLegacy, Cryptography cryptography) {
    WebhookKeys keys = pem.isBlank() ? WebhookKeys.builtIn() : WebhookKeys.parse(pem);
    return new GhlWebhookAuthenticator(
        new KeyRing(keys.ed25519().stream().map(cryptography.ed25519()::by).toList()),
        new KeyRing(
            acceptLegacy ? keys.rsa().stream().map(cryptography.rsa()::by).toList() : List.of()));
  }

  @Override
  public Verdict verify(RawBody body, String signature, String legacySignature) {
    if (isPresent(signature)) {
      return accepts(current, body, signature) ? Verdict.GENUINE : Verdict.FORGED;
    }
    if (legacy.isEmpty() || !isPresent(legacySignature)) {
      return Verdict.UNSIGNED;
    }
    return accepts(legacy, body, legacySignature) ? Verdict.GENUINE_LEGACY : Verdict.FORGED;
  }

  /** GoHighLevel writes {@code N/A} where it has none (ghl-facts.md 6.3). */
  private static boolean isPresent(String header) {
    String value = header.strip();
    return !value.isEmpty() && !value.equalsIgnoreCase("N/A");
  }

  private static boolean accepts(KeyRing keys, RawBody body, String header) {
    byte[] signature;
    try {
      signature = Base64.getDecoder().decode(header.strip());
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
    return body.read(message -> keys.accepts(message, signature));
  }
}
