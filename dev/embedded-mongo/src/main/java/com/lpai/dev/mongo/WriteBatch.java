package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Runs the statements of insert, update or delete and tells exactly what each of them did. */
final class WriteBatch {
  private static final int UNKNOWN_ERROR = 8;

  private final List<Document> upserted = new ArrayList<>();
  private final List<Document> errors = new ArrayList<>();
  private int affected;
  private int modified;

  /** What one statement did: documents inserted, matched or deleted, and those changed. */
  record Effect(int affected, int modified, List<Object> upsertedIds) {
    static Effect of(int affected) {
      return new Effect(affected, 0, List.of());
    }
  }

  /** Ordered stops at the first error, unordered tries every statement. */
  static WriteBatch run(int statements, boolean ordered, IntFunction<Effect> statement) {
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < statements; i++) {
      boolean failed = !batch.run(i, statement);
      if (failed && ordered) {
        break;
      }
    }
    return batch;
  }

  private boolean run(int index, IntFunction<Effect> statement) {
    try {
      Effect effect = statement.apply(index);
      affected += effect.affected();
      modified += effect.modified();
      for (Object id : effect.upsertedIds()) {
        upserted.add(new Document("index", index).append(PrimaryIndex.ID, id));
      }
      return true;
    } catch (MongoServerException e) {
      errors.add(describe(e).append("index", index));
      return false;
    }
  }

  /** Code, name, message and, for a duplicate key, which. */
  static Document describe(MongoServerException e) {
    Document error = new Document("errmsg", e.getMessageWithoutErrorCode());
    if (e instanceof MongoServerError coded) {
      error.append("code", coded.getCode()).append("codeName", coded.getCodeName());
    } else {
      error.append("code", UNKNOWN_ERROR).append("codeName", "UnknownError");
    }
    Throwable cause = e instanceof DuplicateKey ? e : e.getCause();
    if (cause instanceof DuplicateKey duplicate) {
      duplicate.describeIn(error);
    }
    return error;
  }

  Document reply() {
    Document reply = new Document("n", affected);
    if (!errors.isEmpty()) {
      reply.append("writeErrors", errors);
    }
    return reply;
  }

  Document updateReply() {
    Document reply = reply().append("nModified", modified);
    if (!upserted.isEmpty()) {
      reply.append("upserted", upserted);
    }
    return reply;
  }
}
