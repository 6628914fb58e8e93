package com.lpai.adapter.mongo.failure;

import java.util.Map;

/**
 * What became of an unordered batch. Only what was refused is told one by one; counts are not
 * trusted when something was (mongo.md 5, trap 1).
 *
 * @param refused by the operation's position in the batch
 * @param matched documents that updates and replacements matched; -1 when it is not certain
 */
public record BulkOutcome(Map<Integer, DuplicateKey> refused, long matched) {
  public BulkOutcome {
    refused = Map.copyOf(refused);
  }
}
