package com.lpai.adapter.mongo.copy;

import java.util.List;
import java.util.Optional;
import org.bson.Document;

/** Builds documents in which what has no value is an absent field. */
public final class Sparse {
  private final Document document = new Document();

  public Sparse text(String field, String value) {
    return put(field, value, value.isEmpty());
  }

  public Sparse texts(String field, List<String> values) {
    return put(field, values, values.isEmpty());
  }

  public Sparse number(String field, long value) {
    return put(field, value, value == 0);
  }

  /** Also what is empty, false or zero, for that was told: only what was not told is left out. */
  public Sparse told(String field, Optional<?> value) {
    value.ifPresent(it -> document.append(field, it));
    return this;
  }

  private Sparse put(String field, Object value, boolean isNothing) {
    if (!isNothing) {
      document.append(field, value);
    }
    return this;
  }

  public Document document() {
    return document;
  }
}
