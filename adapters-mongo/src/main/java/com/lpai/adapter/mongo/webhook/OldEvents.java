package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Finds events from before there were lanes, so that they can be claimed or decided about. */
final class OldEvents {
  private static final int PAGE = 500;

  private final AcrossTenants allEvents;
  private final OddEvents odd;

  OldEvents(AcrossTenants allEvents) {
    this.allEvents = allEvents;
    this.odd = new OddEvents(allEvents);
  }

  /** All that there are. */
  void bringUpToDate() {
    bringUpToDate(OddEvents.PROCESSING, new Document());
    bringUpToDate(StoredDocument.word(WebhookStatus.PENDING), new Document());
    keptOnes(new Document());
  }

  /**
   * Those that an instance of an earlier version brought to an end since a time. Due ones are found
   * by who claims; what such an instance holds is left to it.
   */
  void bringUpToDate(Instant since) {
    keptOnes(Filters.gte(WebhookDocuments.PROCESS_AFTER, since));
  }

  private void keptOnes(Bson which) {
    for (WebhookStatus status : KeptEvents.STATUSES) {
      bringUpToDate(StoredDocument.word(status), which);
    }
  }

  private void bringUpToDate(String word, Bson which) {
    boolean more;
    do {
      // The state's index holds them together; those that have a lane are later ones.
      List<Document> page =
          allEvents.find(
              Filters.and(
                  Filters.eq(WebhookDocuments.STATUS, word),
                  Filters.exists(WebhookDocuments.BUCKET, false),
                  which),
              Find.sortedBy(Sorts.ascending(WebhookDocuments.PROCESS_AFTER, WebhookDocuments.ID))
                  .limitedTo(PAGE)
                  .only(Projections.include(TenantCollection.LOCATION_ID)));
      more = odd.mend(page) && page.size() == PAGE;
    } while (more);
  }
}
