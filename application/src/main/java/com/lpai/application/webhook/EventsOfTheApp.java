package com.lpai.application.webhook;

import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;

/** What is done about events of the app itself, and about those of places without it. */
interface EventsOfTheApp {
  Result installed(QueuedWebhook event);

  Result uninstalled(QueuedWebhook event);

  /** A location was made; some agencies have the app in all that come (ghl-facts.md 2.4). */
  Result located(QueuedWebhook event);

  /** An event of a location that has not installed the app. */
  Result parked(QueuedWebhook event);
}
