package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bson.Document;

/**
 * Events that belong to no tenant and speak of a location all the same: of a user of several
 * locations, or of a kind that we do not know. Their bodies are read one after the other, which
 * takes a while where there are many; it is done when a location is erased and at no other time.
 */
final class Mentions {
  // A body may have a mebibyte.
  private static final int PAGE = 50;

  private final TenantCollection events;

  Mentions(TenantCollection events) {
    this.events = events;
  }

  /** Removes those that mention the location. */
  long remove(LocationId locationId) {
    Predicate<String> mentions = wholeWord(locationId).asPredicate();
    long removed = 0;
    String last = "";
    while (true) {
      List<Document> page = after(last);
      List<String> found = new ArrayList<>();
      for (Document event : page) {
        StoredDocument stored = StoredDocument.of("webhook", event);
        last = stored.text(WebhookDocuments.ID);
        if (mentions.test(text(stored.bytes(WebhookDocuments.BODY)))) {
          found.add(last);
        }
      }
      for (String id : found) {
        removed += events.delete(Envelope.NO_LOCATION, Filters.eq(WebhookDocuments.ID, id)) ? 1 : 0;
      }
      if (page.size() < PAGE) {
        return removed;
      }
    }
  }

  private List<Document> after(String id) {
    return events.find(
        Envelope.NO_LOCATION,
        Filters.gt(WebhookDocuments.ID, id),
        Find.sortedBy(Sorts.ascending(WebhookDocuments.ID))
            .limitedTo(PAGE)
            .only(Projections.include(WebhookDocuments.ID, WebhookDocuments.BODY)));
  }

  /** Not as a part of a longer id. */
  private static Pattern wholeWord(LocationId locationId) {
    String id = text(locationId.value().getBytes(StandardCharsets.UTF_8));
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(id) + "(?![\\w-])");
  }

  /** A character for each byte, whatever they mean. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
