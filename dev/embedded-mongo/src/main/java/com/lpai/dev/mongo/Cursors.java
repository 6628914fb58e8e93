package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Results that did not fit into one reply. One that nobody asks for is dropped after a while. */
final class Cursors {
  private static final int DEFAULT_FIRST_BATCH = 101;
  private static final int MAX_BATCH_BYTES = 16 * 1024 * 1024;
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Map<Long, Rest> open = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  private record Rest(String namespace, List<Document> documents, long lastUse) {}

  /** The reply to the command that made the result. */
  Document first(String namespace, List<Document> result, Document options, boolean single) {
    int batchSize = Fields.number(options, "batchSize", DEFAULT_FIRST_BATCH);
    int count = fitting(result, batchSize);
    boolean finished = count == result.size() || single;
    long id = finished ? 0 : keep(namespace, result.subList(count, result.size()));
    return reply("firstBatch", namespace, result.subList(0, count), id);
  }

  private long keep(String namespace, List<Document> documents) {
    long now = System.nanoTime();
    open.values().removeIf(rest -> now - rest.lastUse > IDLE_NANOS);
    long id = lastId.incrementAndGet();
    open.put(id, new Rest(namespace, documents, now));
    return id;
  }

  /** The reply to getMore. */
  Document next(long id, Document command) {
    Rest rest = open.remove(id);
    if (rest == null) {
      throw new CursorNotFoundException(id);
    }
    List<Document> documents = rest.documents;
    int batchSize = Fields.number(command, "batchSize", 0);
    int count = fitting(documents, batchSize > 0 ? batchSize : Integer.MAX_VALUE);
    boolean finished = count == documents.size();
    if (!finished) {
      List<Document> left = documents.subList(count, documents.size());
      open.put(id, new Rest(rest.namespace, left, System.nanoTime()));
    }
    return reply("nextBatch", rest.namespace, documents.subList(0, count), finished ? 0 : id);
  }

  /** The reply to killCursors. */
  Document kill(List<?> ids) {
    List<Object> killed = new ArrayList<>();
    List<Object> unknown = new ArrayList<>();
    for (Object id : ids) {
      boolean known = id instanceof Number number && open.remove(number.longValue()) != null;
      (known ? killed : unknown).add(id);
    }
    return new Document("cursorsKilled", killed).append("cursorsNotFound", unknown);
  }

  /** How many of the documents one reply can hold: at least one, unless none is wanted. */
  private static int fitting(List<Document> documents, int batchSize) {
    int wanted = Math.min(documents.size(), batchSize);
    long bytes = 0;
    for (int i = 0; i < wanted; i++) {
      bytes += BsonWriter.bytes(documents.get(i)).length;
      if (bytes > MAX_BATCH_BYTES && i > 0) {
        return i;
      }
    }
    return wanted;
  }

  private static Document reply(String batch, String namespace, List<Document> documents, long id) {
    return new Document(
        "cursor", new Document("id", id).append("ns", namespace).append(batch, documents));
  }
}
