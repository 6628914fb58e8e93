package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.ErrorCode;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses what would be ignored otherwise and so answered wrongly. */
final class UnsupportedFeatures {
  private static final Set<String> REFUSED =
      Set.of(
          "collation",
          "tailable",
          "awaitData",
          "returnKey",
          "showRecordId",
          "min",
          "max",
          "let",
          "explain",
          "capped",
          "validator",
          "timeseries",
          "viewOn",
          "startTransaction",
          "txnNumber",
          "autocommit");

  private static final Set<String> PROJECTION_OPERATORS = Set.of("$slice", "$elemMatch");

  private UnsupportedFeatures() {}

  /** A command, or one statement of a batch. */
  static void refuse(Document options) {
    for (Map.Entry<String, Object> option : options.entrySet()) {
      boolean off = Boolean.FALSE.equals(option.getValue());
      if (REFUSED.contains(option.getKey()) && !off) {
        throw refused("the option '" + option.getKey() + "'");
      }
    }
  }

  static void refusePipeline(Object update) {
    if (update instanceof List<?>) {
      throw refused("an update by an aggregation pipeline");
    }
  }

  static void refuseExpressions(Document projection) {
    for (Map.Entry<String, Object> field : projection.entrySet()) {
      boolean known =
          field.getValue() instanceof Number
              || field.getValue() instanceof Boolean
              || (field.getValue() instanceof Document operator
                  && PROJECTION_OPERATORS.containsAll(operator.keySet()));
      if (!known) {
        throw refused("an expression in a projection (field '" + field.getKey() + "')");
      }
    }
  }

  static MongoServerError refused(String what) {
    return new MongoServerError(
        ErrorCode.IllegalOperation, what + " is not supported by the embedded engine");
  }
}
