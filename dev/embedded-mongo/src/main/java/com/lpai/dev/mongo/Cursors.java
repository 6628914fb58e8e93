package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Results that did not fit into one reply. One that nobody asks for is dropped after a while. */
final class Cursors {
  private static final int DEFAULT_FIRST_BATCH = 101;
  private static final int MAX_BATCH_BYTES = 16 * 1024 * 1024;
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Map<Object, Rest> open = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  private record Rest(String namespace, List<EncodedDocument> documents, long lastUse) {}

  /** The reply to the command that made the result. */
  Document first(String namespace, List<EncodedDocument> result, Document options) {
    long now = System.nanoTime();
    open.values().removeIf(rest -> now - rest.lastUse > IDLE_NANOS);
    int batchSize = Fields.number(options, "batchSize", DEFAULT_FIRST_BATCH);
    boolean single = Fields.flag(options, "singleBatch", false);
    return reply("firstBatch", lastId.incrementAndGet(), namespace, result, batchSize, single);
  }

  /** The reply to getMore. */
  Document next(long id, Document command) {
    Rest rest =
        Optional.ofNullable(open.remove(id)).orElseThrow(() -> new CursorNotFoundException(id));
    int batchSize = Fields.number(command, "batchSize", Integer.MAX_VALUE);
    return reply("nextBatch", id, rest.namespace, rest.documents, batchSize, false);
  }

  private Document reply(
      String batch,
      long id,
      String namespace,
      List<EncodedDocument> all,
      int batchSize,
      boolean single) {
    int count = fitting(all, batchSize);
    boolean finished = count == all.size() || single;
    if (!finished) {
      open.put(id, new Rest(namespace, all.subList(count, all.size()), System.nanoTime()));
    }
    return new Document(
        "cursor",
        new Document("id", finished ? 0L : id)
            .append("ns", namespace)
            .append(batch, all.subList(0, count)));
  }

  /** How many of the documents one reply can hold: at least one, unless none is wanted. */
  private static int fitting(List<EncodedDocument> documents, int batchSize) {
    int wanted = Math.min(documents.size(), batchSize);
    long bytes = 0;
    for (int i = 0; i < wanted; i++) {
      bytes += documents.get(i).length();
      if (bytes > MAX_BATCH_BYTES && i > 0) {
        return i;
      }
    }
    return wanted;
  }

  /** The reply to killCursors. */
  Document kill(List<?> ids) {
    return new Document(
        "cursorsKilled", ids.stream().filter(id -> open.remove(id) != null).toList());
  }
}
