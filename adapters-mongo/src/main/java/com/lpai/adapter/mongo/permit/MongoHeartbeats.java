package com.lpai.adapter.mongo.permit;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.crm.Heartbeats;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/**
 * Signs of life in the collection {@code instances}, by the name of the instance, with the server's
 * own time.
 */
public final class MongoHeartbeats implements Heartbeats {
  private static final String NAME = "_id";
  private static final String AT = "at";
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final SharedCollection instances;

  public MongoHeartbeats(SharedCollection instances) {
    this.instances = instances;
  }

  @Override
  public Beats beat(String instance) {
    instances.upsert(Filters.eq(NAME, instance), Updates.currentDate(AT));
    Map<String, Instant> last = new TreeMap<>();
    for (Document found : instances.find(new Document(), Find.sortedBy(Sorts.ascending(NAME)))) {
      StoredDocument stored = StoredDocument.of("instance", found);
      last.put(stored.text(NAME), stored.instant(AT));
    }
    Instant now = last.getOrDefault(instance, Instant.EPOCH);
    Instant forgotten = now.minus(REMEMBERED);
    if (last.values().stream().anyMatch(at -> at.isBefore(forgotten))) {
      instances.deleteMany(Filters.lt(AT, forgotten));
    }
    return new Beats(now, last);
  }
}
