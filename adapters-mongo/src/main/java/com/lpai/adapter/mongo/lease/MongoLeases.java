package com.lpai.adapter.mongo.lease;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.sync.Lease;
import com.lpai.domain.sync.Leases;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Leases in the collection {@code leases}, by name. A lease given back stays, so that its fence
 * goes on growing.
 */
public final class MongoLeases implements Leases {
  private static final String NAME = "_id";
  private static final String OWNER = "owner";
  private static final String FENCE = "fence";
  private static final String UNTIL = "until";

  private final SharedCollection leases;

  public MongoLeases(SharedCollection leases) {
    this.leases = leases;
  }

  @Override
  public Optional<Lease> acquire(String name, String owner, Instant now, Duration duration) {
    Instant until = now.plus(duration);
    Optional<Document> taken =
        leases.findAndUpdate(
            Filters.and(Filters.eq(NAME, name), Filters.lte(UNTIL, now)),
            Updates.combine(
                Updates.set(OWNER, owner), Updates.set(UNTIL, until), Updates.inc(FENCE, 1L)));
    if (taken.isPresent()) {
      return taken.map(MongoLeases::toDomain);
    }
    Document first =
        new Document(NAME, name).append(OWNER, owner).append(FENCE, 1L).append(UNTIL, until);
    return leases.insert(first).wrote()
        ? Optional.of(new Lease(name, owner, 1, until))
        : Optional.empty();
  }

  @Override
  public Optional<Lease> renew(Lease lease, Instant now, Duration duration) {
    return leases
        .findAndUpdate(isHeld(lease), Updates.set(UNTIL, now.plus(duration)))
        .map(MongoLeases::toDomain);
  }

  @Override
  public void release(Lease lease) {
    leases.update(
        isHeld(lease), Updates.combine(Updates.set(OWNER, ""), Updates.set(UNTIL, Instant.EPOCH)));
  }

  /**
   * Removes the leases of all work on one subject, whoever holds them.
   *
   * @param subject what stands behind the colon in their names
   * @return how many there were
   */
  public long removeAll(String subject) {
    return leases.deleteMany(Filters.regex(NAME, ":" + Pattern.quote(subject) + "$"));
  }

  private static Bson isHeld(Lease lease) {
    return Filters.and(
        Filters.eq(NAME, lease.name()),
        Filters.eq(OWNER, lease.owner()),
        Filters.eq(FENCE, lease.fence()));
  }

  private static Lease toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("lease", document);
    return new Lease(
        stored.text(NAME), stored.text(OWNER), stored.number(FENCE), stored.instant(UNTIL));
  }
}
