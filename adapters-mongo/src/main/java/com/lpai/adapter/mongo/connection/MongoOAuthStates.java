package com.lpai.adapter.mongo.connection;

import com.lpai.adapter.mongo.document.SecretHash;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.connection.OAuthStates;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import org.bson.Document;

/**
 * States in the collection {@code oauth_states}, by their hash: who reads the database cannot use
 * one. What has expired is swept whenever one is used; a TTL index removes the rest where the
 * server has such.
 */
public final class MongoOAuthStates implements OAuthStates {
  private static final String HASH = "_id";
  private static final String EXPIRES_AT = "expiresAt";

  private final SharedCollection states;

  public MongoOAuthStates(SharedCollection states) {
    this.states = states;
  }

  @Override
  public void issue(String state, Instant expiresAt) {
    Document issued = new Document(HASH, SecretHash.of(state)).append(EXPIRES_AT, expiresAt);
    if (states.insert(issued) instanceof WriteOutcome.Refused) {
      throw new IllegalStateException("this OAuth state was issued before; it must be random");
    }
  }

  @Override
  public boolean consume(String state, Instant now) {
    boolean valid =
        states
            .findAndDelete(Filters.eq(HASH, SecretHash.of(state)))
            .map(found -> StoredDocument.of("OAuth state", found).instant(EXPIRES_AT))
            .filter(now::isBefore)
            .isPresent();
    states.deleteMany(Filters.lte(EXPIRES_AT, now));
    return valid;
  }
}
