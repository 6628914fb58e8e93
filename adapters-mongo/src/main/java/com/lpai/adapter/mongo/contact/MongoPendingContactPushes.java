package com.lpai.adapter.mongo.contact;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.PendingContactPushes;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/** Finds due pushes over all locations, by the index on state and time. */
public final class MongoPendingContactPushes implements PendingContactPushes {
  private final AcrossTenants contacts;

  public MongoPendingContactPushes(AcrossTenants contacts) {
    this.contacts = contacts;
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    // One query for each state: both come out of the index in order, on every server.
    return Stream.of(SyncPhase.PENDING, SyncPhase.BLOCKED)
        .flatMap(phase -> due(phase, now, limit).stream())
        .sorted(Comparator.comparing(Due::dueAt).thenComparing(due -> due.id().value()))
        .limit(limit)
        .toList();
  }

  private List<Due> due(SyncPhase phase, Instant now, int limit) {
    return contacts
        .find(
            Filters.and(
                Filters.eq(ContactDocuments.SYNC_STATE, StoredDocument.word(phase)),
                Filters.lte(ContactDocuments.NEXT_ATTEMPT_AT, now)),
            Find.sortedBy(Sorts.ascending(ContactDocuments.NEXT_ATTEMPT_AT, ContactDocuments.ID))
                .limitedTo(limit)
                .only(
                    Projections.include(
                        TenantCollection.LOCATION_ID, ContactDocuments.NEXT_ATTEMPT_AT)))
        .stream()
        .map(MongoPendingContactPushes::toDue)
        .toList();
  }

  private static Due toDue(Document document) {
    StoredDocument stored = StoredDocument.of("contact", document);
    return new Due(
        new LocationId(stored.text(TenantCollection.LOCATION_ID)),
        new ContactId(ContactDocuments.id(document).toHexString()),
        stored.child(ContactDocuments.SYNC).instant(SyncDocuments.NEXT_ATTEMPT_AT));
  }
}
