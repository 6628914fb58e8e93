package com.lpai.architecture.campaign;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bson.Document;

/**
 * Writes to documents of its own until the database is gone, and knows what each must hold: the
 * last acknowledged number, or, for the one write without an answer, that or the next.
 */
final class EngineWriter {
  private static final int ABSENT = -1;
  private static final int BATCH = 20;

  private final String name;
  private final Random random;
  private final List<String> keys = new ArrayList<>();

  /** The number of each document; {@link #ABSENT} for one that is deleted. */
  private final Map<String, Integer> acknowledged = new HashMap<>();

  /** What the write without an answer would have made of its documents. */
  private final Map<String, Integer> unanswered = new HashMap<>();

  private int made;
  private int writes;

  EngineWriter(String name, long seed) {
    this.name = name;
    this.random = new Random(seed);
  }

  /** Returns how many writes were acknowledged before the database went away. */
  int writeUntilGone(MongoCollection<Document> things) {
    writes = 0;
    unanswered.clear();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        write(things);
        unanswered.forEach(acknowledged::put);
        unanswered.clear();
        writes++;
      }
    } catch (MongoException gone) {
      // The write under way may have happened or not; all others were acknowledged.
      return writes;
    }
    return writes;
  }

  private void write(MongoCollection<Document> things) {
    int choice = random.nextInt(100);
    if (choice < 30 || keys.isEmpty()) {
      String key = announce(0);
      things.insertOne(new Document("_id", key).append("writer", name).append("number", 0));
    } else if (choice < 35) {
      List<Document> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        batch.add(new Document("_id", announce(0)).append("writer", name).append("number", 0));
      }
      things.insertMany(batch);
    } else {
      String key = keys.get(random.nextInt(keys.size()));
      int number = acknowledged.getOrDefault(key, ABSENT);
      if (number == ABSENT) {
        unanswered.put(key, 0);
        things.insertOne(new Document("_id", key).append("writer", name).append("number", 0));
      } else if (choice < 80) {
        unanswered.put(key, number + 1);
        things.updateOne(Filters.eq("_id", key), Updates.inc("number", 1));
      } else if (choice < 92) {
        unanswered.put(key, number + 1);
        things.findOneAndUpdate(Filters.eq("_id", key), Updates.inc("number", 1));
      } else {
        unanswered.put(key, ABSENT);
        things.deleteOne(Filters.eq("_id", key));
      }
    }
  }

  private String announce(int number) {
    made++;
    String key = name + "-" + made;
    keys.add(key);
    unanswered.put(key, number);
    return key;
  }

  /** Compares everything with what is stored now, and takes that as the truth. */
  int check(MongoCollection<Document> things, Findings findings) {
    Map<String, Integer> stored = new HashMap<>();
    things
        .find(Filters.eq("writer", name))
        .forEach(thing -> stored.put(thing.getString("_id"), thing.getInteger("number")));
    for (String key : keys) {
      int actual = stored.getOrDefault(key, ABSENT);
      int last = acknowledged.getOrDefault(key, ABSENT);
      Set<Integer> allowed =
          unanswered.containsKey(key) && unanswered.get(key) != last
              ? Set.of(last, unanswered.get(key))
              : Set.of(last);
      if (!allowed.contains(actual)) {
        findings.add("engine: " + key + " holds " + actual + ", acknowledged " + allowed);
      }
      acknowledged.put(key, actual);
    }
    if (stored.size() > keys.size() || !keys.containsAll(stored.keySet())) {
      findings.add("engine: " + name + " finds documents that it never wrote");
    }
    return stored.size();
  }
}
