package com.lpai.dev.sandbox.world;

import java.net.URI;
import java.util.List;

/**
 * The Marketplace app as its developer registered it.
 *
 * @param clientId {@code <appId>-<suffix>}
 * @param redirectUri the only one allowed
 * @param webhookUrl where events go
 * @param scopes what the app may ask for; an install from inside the Marketplace grants all
 */
public record App(
    String clientId, String clientSecret, URI redirectUri, URI webhookUrl, List<String> scopes) {
  /** The scopes of ghl-facts.md 2.5. */
  public static final List<String> ALL_SCOPES =
      List.of(
          "contacts.readonly",
          "contacts.write",
          "opportunities.readonly",
          "opportunities.write",
          "calendars.readonly",
          "calendars.write",
          "calendars/events.readonly",
          "calendars/events.write",
          "conversations.readonly",
          "conversations.write",
          "conversations/message.readonly",
          "conversations/message.write",
          "users.readonly",
          "locations.readonly",
          "locations.write",
          "locations/customFields.readonly",
          "locations/customFields.write",
          "locations/customValues.readonly",
          "locations/customValues.write",
          "locations/tags.readonly",
          "locations/tags.write",
          "locations/tasks.readonly",
          "invoices.readonly",
          "invoices.write",
          "oauth.readonly",
          "oauth.write");

  public App {
    scopes = List.copyOf(scopes);
  }

  /** The part of the client id that webhooks carry (ghl-facts.md 2.1). */
  public String appId() {
    int dash = clientId.indexOf('-');
    return dash < 0 ? clientId : clientId.substring(0, dash);
  }

  @Override
  public String toString() {
    return "App[" + clientId + "]";
  }
}
