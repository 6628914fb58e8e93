package com.lpai.domain.webhook;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Set;

/**
 * What is read of a webhook before it is stored.
 *
 * @param webhookId the CRM's id of the event, or a hash of the body where it has none
 * @param bodyHash SHA-256 of the body in hex
 * @param appId the app it was signed for; empty when the event does not say
 * @param locationId the tenant; {@link #NO_LOCATION} when the event names none that we understand
 * @param companyId empty when the event names none
 * @param entityKey kind and id of the record it is about ({@code contact/ID}): events with one key
 *     are applied in order
 * @param sentAt the envelope's time; {@link Instant#EPOCH} when it has none
 * @param stale it was so old when it arrived that what it says is not to be believed without a look
 */
public record Envelope(
    String webhookId,
    String bodyHash,
    String type,
    String appId,
    LocationId locationId,
    String companyId,
    String entityKey,
    Instant sentAt,
    boolean stale) {

  /** One that is not stale. */
  public Envelope(
      String webhookId,
      String bodyHash,
      String type,
      String appId,
      LocationId locationId,
      String companyId,
      String entityKey,
      Instant sentAt) {
    this(webhookId, bodyHash, type, appId, locationId, companyId, entityKey, sentAt, false);
  }

  /** The app was installed. */
  public static final String INSTALL = "INSTALL";

  /** The app was uninstalled. */
  public static final String UNINSTALL = "UNINSTALL";

  private static final Set<String> USERS = Set.of("UserCreate", "UserUpdate", "UserDelete");

  /** Stands for the tenant of events whose tenant is unknown; no location ever has this id. */
  public static final LocationId NO_LOCATION = new LocationId("(none)");

  /** Whether it says that it was sent before this time. */
  public boolean wasSentBefore(Instant time) {
    return sentAt.isAfter(Instant.EPOCH) && sentAt.isBefore(time);
  }

  /** The same, older than it may be. */
  public Envelope becomeStale() {
    return new Envelope(
        webhookId, bodyHash, type, appId, locationId, companyId, entityKey, sentAt, true);
  }

  public boolean hasLocation() {
    return !locationId.equals(NO_LOCATION);
  }

  /** About a user who belongs to none of its locations alone: to several, or to a company. */
  public boolean isOfUserElsewhere() {
    return !hasLocation() && USERS.contains(type);
  }

  /** An installation or its end that is about a company as a whole (ghl-facts.md 2.4). */
  public boolean isOfCompany() {
    return !hasLocation()
        && !companyId.isEmpty()
        && (type.equals(INSTALL) || type.equals(UNINSTALL));
  }
}
