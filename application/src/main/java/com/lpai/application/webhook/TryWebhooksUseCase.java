package com.lpai.application.webhook;

import com.lpai.application.overlay.RecordChange;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookHistory;
import java.util.List;
import java.util.Optional;

/**
 * Shows what stored events would change if they were replayed now. They go through the very
 * processors that apply events, on a copy: nothing is stored, and nothing asks the CRM.
 */
public interface TryWebhooksUseCase {
  /** So many events are tried at once at most. */
  int MOST = 200;

  /** These events of the location, in any state. */
  WhatIf of(LocationId locationId, List<String> ids);

  /** The latest of the location's events that are meant, {@link #MOST} at most. */
  WhatIf of(LocationId locationId, EventsToTry which);

  /**
   * What would be.
   *
   * @param events in the order in which they would be applied; what cannot be tried comes last
   * @param records how stored records would differ, as far as events alone tell
   * @param reads what would be read from the CRM before the rest is known
   * @param more whether more events are meant than were tried
   */
  record WhatIf(List<Tried> events, List<RecordChange> records, List<Read> reads, boolean more) {
    public WhatIf {
      events = List.copyOf(events);
      records = List.copyOf(records);
      reads = List.copyOf(reads);
    }
  }

  /**
   * What would become of one event.
   *
   * @param event as it is stored; empty when there is none of this id
   */
  record Tried(String id, Optional<QueuedWebhook> event, Would would, String outcome) {}

  /** What would become of an event. */
  enum Would {
    /** It would be applied, or tells nothing new. */
    DONE,
    /** There would be nothing to do. */
    SKIPPED,
    /** It would be put aside. */
    DEAD,
    /** A record would be read from the CRM, and that decides. */
    READ,
    /** It would wait. */
    WAIT,
    /** It would fail by a fault of its own or of ours, and be tried again. */
    FAULT,
    /** It is about the app itself; nothing of that is tried. */
    APP,
    /** Its body is kept no longer, so that it cannot be tried. */
    GONE,
    /** {@link WebhookHistory} knows none of this id in the location. */
    UNKNOWN
  }

  /**
   * Something that would be read from the CRM.
   *
   * @param what the kind of it
   * @param crmId empty where it is read as a whole
   */
  record Read(What what, String crmId) {
    /** The kinds of what is read. */
    public enum What {
      LOCATION,
      USERS,
      CONTACT,
      OPPORTUNITY,
      APPOINTMENT,
      CONVERSATION
    }
  }
}
