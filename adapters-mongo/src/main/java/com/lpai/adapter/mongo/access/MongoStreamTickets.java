package com.lpai.adapter.mongo.access;

import com.lpai.adapter.mongo.document.SecretHash;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.access.StreamGrant;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Tickets in the collection {@code stream_tickets}, by their hash: who reads the database cannot
 * use one. Expired ones of a location are swept whenever one is used there; a TTL index removes the
 * rest where the server has such.
 */
public final class MongoStreamTickets implements StreamTickets {
  private static final String HASH = "ticket";
  private static final String HOLDER = "holder";
  private static final String RIGHT_UNTIL = "rightUntil";
  private static final String EXPIRES_AT = "expiresAt";

  private final TenantCollection tickets;

  public MongoStreamTickets(TenantCollection tickets) {
    this.tickets = tickets;
  }

  @Override
  public void issue(LocationId locationId, String ticket, StreamGrant grant) {
    Document issued =
        new Document(HASH, SecretHash.of(ticket))
            .append(HOLDER, grant.holder())
            .append(RIGHT_UNTIL, grant.rightUntil())
            .append(EXPIRES_AT, grant.expiresAt());
    if (tickets.insert(locationId, issued) instanceof WriteOutcome.Refused) {
      throw new IllegalStateException("this ticket was issued before; it must be random");
    }
  }

  @Override
  public Optional<StreamGrant> redeem(LocationId locationId, String ticket, Instant now) {
    Bson isThis = Filters.eq(HASH, SecretHash.of(ticket));
    // Of several who found it, the one who takes it away has it.
    Optional<StreamGrant> granted =
        tickets
            .findOne(locationId, isThis)
            .map(MongoStreamTickets::toDomain)
            .filter(grant -> now.isBefore(grant.expiresAt()))
            .filter(grant -> tickets.delete(locationId, isThis));
    // Guesses write nothing.
    granted.ifPresent(grant -> tickets.deleteMany(locationId, Filters.lte(EXPIRES_AT, now)));
    return granted;
  }

  private static StreamGrant toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("stream ticket", document);
    return new StreamGrant(
        stored.text(HOLDER), stored.instant(RIGHT_UNTIL), stored.instant(EXPIRES_AT));
  }
}
