package com.lpai.domain.webhook;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;

/** What an event of the CRM means to us. */
public sealed interface WebhookEvent {
  /** The app was installed in the location. */
  record AppInstalled() implements WebhookEvent {}

  /** The app was uninstalled from the location. */
  record AppUninstalled() implements WebhookEvent {}

  /** A contact was created or changed; the values are the CRM's at that time. */
  record ContactChanged(CrmRecord<GhlContactId> contact) implements WebhookEvent {}

  /** A contact was deleted. */
  record ContactDeleted(GhlContactId id) implements WebhookEvent {}

  /** A type that nothing here handles yet. */
  record Unhandled(String type) implements WebhookEvent {}

  /** A type we handle, without what it needs. */
  record Unreadable(String reason) implements WebhookEvent {}
}
