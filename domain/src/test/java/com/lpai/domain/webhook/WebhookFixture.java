package com.lpai.domain.webhook;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.MutableInstantSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Events for tests: an envelope and the body it was read from. */
public record WebhookFixture(Envelope envelope, RawBody body) {

  /** An event about one contact, with an id of its own. */
  public static WebhookFixture anEvent(LocationId locationId, String contact) {
    return anEvent(locationId, contact, UUID.randomUUID().toString());
  }

  public static WebhookFixture anEvent(LocationId locationId, String contact, String webhookId) {
    return anEvent(locationId, contact, webhookId, "{\"webhookId\":\"" + webhookId + "\"}");
  }

  public static WebhookFixture anEvent(
      LocationId locationId, String contact, String webhookId, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new WebhookFixture(
        new Envelope(
            webhookId,
            sha256(bytes),
            "ContactUpdate",
            "app-1",
            locationId,
            "company-1",
            "contact/" + contact,
            MutableInstantSource.START.minusMillis(999)),
        RawBody.of(bytes));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java has SHA-256", absent);
    }
  }
}
