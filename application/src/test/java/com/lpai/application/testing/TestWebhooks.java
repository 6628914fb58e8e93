package com.lpai.application.testing;

import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Events in a format of the tests' own: {@code id|type|entity|seconds after ten}, with what they
 * mean handed over beside it.
 */
public final class TestWebhooks implements WebhookAuthenticator, WebhookDecoder {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  private final Map<String, WebhookEvent> carried = new HashMap<>();

  /** A body about this contact, as it is now. */
  public String about(
      String webhookId, String type, CrmRecord<GhlContactId> contact, long secondsAfterTen) {
    return body(
        webhookId,
        type,
        contact.id().value(),
        new WebhookEvent.ContactChanged(contact),
        String.valueOf(secondsAfterTen));
  }

  /**
   * A body that means this.
   *
   * @param entity the id of what it is about
   * @param secondsAfterTen empty for an event without a time
   */
  public String body(
      String webhookId, String type, String entity, WebhookEvent meaning, String secondsAfterTen) {
    carried.put(webhookId, meaning);
    return webhookId + "|" + type + "|" + entity + "|" + secondsAfterTen;
  }

  @Override
  public Verdict verify(RawBody body, String signature, String legacySignature) {
    return signature.equals("good")
        ? Verdict.GENUINE
        : signature.isEmpty() ? Verdict.UNSIGNED : Verdict.FORGED;
  }

  @Override
  public FirstLook envelope(RawBody body) {
    String[] parts = text(body).split("\\|", -1);
    if (parts.length != 4) {
      return new FirstLook.NotAnEvent("four parts are needed");
    }
    return new FirstLook.Event(
        new Envelope(
            parts[0],
            parts[0],
            parts[1],
            parts[1].equals("OtherApp") ? "other" : TestSystem.APP_ID,
            parts[2].startsWith("company:") ? Envelope.NO_LOCATION : location(parts[2]),
            company(parts[2]),
            entityKey(parts[1], parts[2]),
            parts[3].isEmpty() ? Instant.EPOCH : TEN.plusSeconds(Long.parseLong(parts[3]))));
  }

  @Override
  public WebhookEvent event(Envelope envelope, RawBody body) {
    String[] parts = text(body).split("\\|", -1);
    WebhookEvent meaning = carried.get(parts[0]);
    if (meaning != null) {
      return meaning;
    }
    return switch (parts[1]) {
      case "INSTALL" -> new WebhookEvent.AppInstalled();
      case "UNINSTALL" -> new WebhookEvent.AppUninstalled();
      case "ContactDelete" -> new WebhookEvent.ContactDeleted(new GhlContactId(parts[2]));
      case "OpportunityDelete" ->
          new WebhookEvent.OpportunityDeleted(new GhlOpportunityId(parts[2]));
      case "AppointmentDelete" ->
          new WebhookEvent.AppointmentDeleted(new GhlAppointmentId(parts[2]));
      case "UserUpdate" -> new WebhookEvent.UsersChanged();
      case "LocationCreate" -> new WebhookEvent.LocationAdded();
      case "LocationUpdate" -> new WebhookEvent.LocationChanged();
      case "Unreadable" -> new WebhookEvent.Unreadable("without the record's id");
      case "Broken" -> throw new IllegalStateException("a fault of ours");
      default -> new WebhookEvent.Unhandled(parts[1]);
    };
  }

  private static String entityKey(String type, String entity) {
    return Stream.of("Opportunity", "Appointment", "Conversation", "User", "Location")
        .filter(type::startsWith)
        .findFirst()
        .map(kind -> kind + "/" + entity)
        .orElse("contact/" + entity);
  }

  /** {@code loc2@comp} is a location of a company; {@code company:comp} a company alone. */
  private static LocationId location(String entity) {
    int at = entity.indexOf('@');
    return at < 0 ? TestSystem.LOCATION : new LocationId(entity.substring(0, at));
  }

  private static String company(String entity) {
    int at = entity.indexOf('@');
    return entity.startsWith("company:")
        ? entity.substring("company:".length())
        : at < 0 ? "" : entity.substring(at + 1);
  }

  private static String text(RawBody body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }
}
