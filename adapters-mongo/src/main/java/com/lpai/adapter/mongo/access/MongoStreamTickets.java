package com.lpai.adapter.mongo.access;

import com.lpai.adapter.mongo.document.SecretHash;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.access.StreamGrant;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Tickets in the collection {@code stream_tickets}, by their hash: who reads the database cannot
 * use one. Some expired ones of a location are swept whenever one is issued there; a TTL index
 * removes the rest where the server has such.
 */
public final class MongoStreamTickets implements StreamTickets {
  private static final String ID = "_id";
  private static final String HASH = "ticket";
  private static final String HOLDER = "holder";
  private static final String RIGHT_UNTIL = "rightUntil";
  private static final String EXPIRES_AT = "expiresAt";

  /** More than is added between two sweeps, and few enough for one command. */
  private static final Find SOME_EXPIRED =
      Find.sortedBy(Sorts.ascending(EXPIRES_AT)).limitedTo(50).only(Projections.include(ID));

  private static final Find OPEN =
      Find.sortedBy(Sorts.ascending(EXPIRES_AT)).limitedTo(MOST_OPEN).only(Projections.include(ID));

  private final TenantCollection tickets;

  public MongoStreamTickets(TenantCollection tickets) {
    this.tickets = tickets;
  }

  @Override
  public boolean issue(LocationId locationId, String ticket, StreamGrant grant, Instant now) {
    sweep(locationId, now);
    if (tickets.find(locationId, Filters.gt(EXPIRES_AT, now), OPEN).size() >= MOST_OPEN) {
      return false;
    }
    Document issued =
        new Document(HASH, SecretHash.of(ticket))
            .append(HOLDER, grant.holder())
            .append(RIGHT_UNTIL, grant.rightUntil())
            .append(EXPIRES_AT, grant.expiresAt());
    if (tickets.insert(locationId, issued) instanceof WriteOutcome.Refused) {
      throw new IllegalStateException("this ticket was issued before; it must be random");
    }
    return true;
  }

  private void sweep(LocationId locationId, Instant now) {
    List<Object> expired =
        tickets.find(locationId, Filters.lte(EXPIRES_AT, now), SOME_EXPIRED).stream()
            .flatMap(document -> Optional.ofNullable(document.get(ID)).stream())
            .toList();
    if (!expired.isEmpty()) {
      tickets.deleteMany(locationId, Filters.in(ID, expired));
    }
  }

  @Override
  public Optional<StreamGrant> redeem(LocationId locationId, String ticket, Instant now) {
    Bson isThis = Filters.eq(HASH, SecretHash.of(ticket));
    // Of several who found it, the one who takes it away has it.
    return tickets
        .findOne(locationId, isThis)
        .map(MongoStreamTickets::toDomain)
        .filter(grant -> now.isBefore(grant.expiresAt()))
        .filter(grant -> tickets.delete(locationId, isThis));
  }

  private static StreamGrant toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("stream ticket", document);
    return new StreamGrant(
        stored.text(HOLDER), stored.instant(RIGHT_UNTIL), stored.instant(EXPIRES_AT));
  }
}
