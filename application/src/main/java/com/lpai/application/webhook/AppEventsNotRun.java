package com.lpai.application.webhook;

import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.util.HashSet;
import java.util.Set;

/** Says what would be done about events of the app, and does none of it. */
final class AppEventsNotRun implements EventsOfTheApp {
  private final Patience patience;
  private final Set<String> noted = new HashSet<>();

  AppEventsNotRun(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Result installed(QueuedWebhook event) {
    return note(event, "would be handled as an installation");
  }

  @Override
  public Result uninstalled(QueuedWebhook event) {
    return note(event, "would be handled as an uninstallation");
  }

  @Override
  public Result located(QueuedWebhook event) {
    return note(event, "would be handled as a new location");
  }

  @Override
  public Result parked(QueuedWebhook event) {
    return patience.parked(event);
  }

  private Result note(QueuedWebhook event, String what) {
    noted.add(event.id());
    return Results.skipped(what);
  }

  boolean isOfTheApp(QueuedWebhook event) {
    return noted.contains(event.id());
  }
}
