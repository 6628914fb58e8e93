package com.lpai.adapter.mongo.failure;

import java.util.Map;

/**
 * What became of an unordered batch, write by write. What is named in neither map was done.
 *
 * @param refused by a unique index, by the position in the batch
 * @param failed for another reason, by the position in the batch
 */
public record EachOutcome(
    Map<Integer, DuplicateKey> refused, Map<Integer, RuntimeException> failed) {
  static final EachOutcome ALL_DONE = new EachOutcome(Map.of(), Map.of());

  public EachOutcome {
    refused = Map.copyOf(refused);
    failed = Map.copyOf(failed);
  }
}
