package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.List;

/** Code 11000, with the key's pattern and value as MongoDB reports them. */
final class DuplicateKey extends DuplicateKeyError {
  private static final long serialVersionUID = 1L;

  private final Document pattern = new Document();
  private final Document value = new Document();

  DuplicateKey(String collection, String index, List<IndexKey> keys, List<Object> values) {
    super(collection, index + " dup key: " + Json.toCompactJsonValue(valueOf(keys, values)));
    for (IndexKey key : keys) {
      pattern.put(key.getKey(), key.isAscending() ? 1 : -1);
    }
    value.putAll(valueOf(keys, values));
  }

  private static Document valueOf(List<IndexKey> keys, List<Object> values) {
    Document value = new Document();
    for (int i = 0; i < keys.size(); i++) {
      Object part = values.get(i);
      value.put(keys.get(i).getKey(), part instanceof Missing ? null : part);
    }
    return value;
  }

  void describeIn(Document error) {
    error.append("keyPattern", pattern).append("keyValue", value);
  }
}
