package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Gives events from before there were lanes what they need to be claimed or decided about. */
final class OldEvents {
  private static final int PAGE = 500;

  /** What an event was called that a worker held. */
  private static final String PROCESSING = "processing";

  private final AcrossTenants allEvents;

  OldEvents(AcrossTenants allEvents) {
    this.allEvents = allEvents;
  }

  void bringUpToDate() {
    bringUpToDate(PROCESSING, WebhookStatus.PENDING);
    bringUpToDate(StoredDocument.word(WebhookStatus.PENDING), WebhookStatus.PENDING);
    for (WebhookStatus status : KeptEvents.STATUSES) {
      bringUpToDate(StoredDocument.word(status), status);
    }
  }

  private void bringUpToDate(String word, WebhookStatus status) {
    List<Document> page;
    do {
      // The state's index holds them together; those that have a lane are later ones.
      page =
          allEvents.find(
              Filters.and(
                  Filters.eq(WebhookDocuments.STATUS, word),
                  Filters.exists(WebhookDocuments.BUCKET, false)),
              Find.sortedBy(Sorts.ascending(WebhookDocuments.PROCESS_AFTER, WebhookDocuments.ID))
                  .limitedTo(PAGE)
                  .only(
                      Projections.include(
                          TenantCollection.LOCATION_ID, WebhookDocuments.ENTITY_KEY)));
      List<AcrossTenants.Write> writes = new ArrayList<>();
      for (Document event : page) {
        writes.add(write(StoredDocument.of("webhook", event), word, status));
      }
      if (!writes.isEmpty()) {
        allEvents.bulk(writes);
      }
    } while (page.size() == PAGE);
  }

  private static AcrossTenants.Write write(
      StoredDocument event, String word, WebhookStatus status) {
    LocationId locationId = new LocationId(event.text(TenantCollection.LOCATION_ID));
    String entityKey = event.text(WebhookDocuments.ENTITY_KEY);
    Lane lane = Lane.of(new Envelope("", "", "", "", locationId, "", entityKey, Instant.EPOCH));
    Bson now = Updates.set(WebhookDocuments.STATUS, StoredDocument.word(status));
    Bson kept =
        KeptEvents.STATUSES.contains(status)
            ? Updates.set(WebhookDocuments.KEPT_AS, StoredDocument.word(status))
            : Updates.unset("token");
    return new AcrossTenants.Write(
        locationId,
        new TenantWrite.Update(
            Filters.and(
                Filters.eq(WebhookDocuments.ID, event.text(WebhookDocuments.ID)),
                Filters.eq(WebhookDocuments.STATUS, word)),
            Updates.combine(
                now,
                kept,
                Updates.set(WebhookDocuments.BUCKET, lane.bucket()),
                Updates.unset("open"))));
  }
}
