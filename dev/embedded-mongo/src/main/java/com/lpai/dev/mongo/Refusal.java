package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A command or statement that is not done, with the answer that MongoDB gives. */
final class Refusal extends RuntimeException {
  private static final System.Logger LOG = System.getLogger(Refusal.class.getName());
  private static final long serialVersionUID = 1L;
  private static final int INTERNAL_ERROR = 1;
  private static final int UNKNOWN_ERROR = 8;
  private static final int ILLEGAL_OPERATION = 20;
  private static final int DUPLICATE_KEY = 11_000;
  private static final Pattern UNSUPPORTED_OPTIONS =
      Pattern.compile(
          "collation|tailable|awaitData|returnKey|showRecordId|min|max|let|explain|capped"
              + "|validator|timeseries|viewOn|startTransaction|txnNumber|autocommit");
  private static final Set<String> PROJECTION_OPERATORS = Set.of("$slice", "$elemMatch");

  private final Document details = new Document();

  Refusal(int code, String codeName, String message) {
    super(message);
    details.append("errmsg", message).append("code", code).append("codeName", codeName);
  }

  static Refusal duplicateKey(String namespace, IndexDefinition index, Document document) {
    Document pattern = new Document();
    Document value = new Document();
    for (IndexKey field : index.keys()) {
      pattern.append(field.getKey(), field.isAscending() ? 1 : -1);
      Object held = FieldValues.at(document, field.getKey());
      value.append(field.getKey(), held instanceof Missing ? null : held);
    }
    Refusal refusal =
        new Refusal(
            DUPLICATE_KEY,
            "DuplicateKey",
            "E11000 duplicate key error collection: %s index: %s dup key: %s"
                .formatted(namespace, index.name(), Json.toCompactJsonValue(value)));
    refusal.details.append("keyPattern", pattern).append("keyValue", value);
    return refusal;
  }

  /** Of something that would be ignored otherwise and so answered wrongly. */
  static Refusal unsupported(String what) {
    return new Refusal(
        ILLEGAL_OPERATION, "IllegalOperation", what + " is not supported by the embedded engine");
  }

  /** For a command, or one statement of a batch. */
  static void requireSupported(Document options) {
    for (Map.Entry<String, Object> option : options.entrySet()) {
      if (UNSUPPORTED_OPTIONS.matcher(option.getKey()).matches()
          && !Boolean.FALSE.equals(option.getValue())) {
        throw unsupported("the option '" + option.getKey() + "'");
      }
    }
  }

  static void requireNoPipeline(Object update) {
    if (update instanceof List<?>) {
      throw unsupported("an update by an aggregation pipeline");
    }
  }

  static void requireNoExpressions(Document projection) {
    for (Map.Entry<String, Object> field : projection.entrySet()) {
      boolean known =
          field.getValue() instanceof Number
              || field.getValue() instanceof Boolean
              || (field.getValue() instanceof Document operator
                  && PROJECTION_OPERATORS.containsAll(operator.keySet()));
      if (!known) {
        throw unsupported("an expression in a projection (field '" + field.getKey() + "')");
      }
    }
  }

  /** Message, code, name and, for a duplicate key, which: of whatever ended a command. */
  static Document describe(RuntimeException e) {
    return switch (e) {
      case Refusal refusal -> refusal.details;
      case MongoServerError error ->
          new Document("errmsg", error.getMessageWithoutErrorCode())
              .append("code", error.getCode())
              .append("codeName", error.getCodeName());
      case MongoServerException unknown ->
          new Document("errmsg", unknown.getMessage()).append("code", UNKNOWN_ERROR);
      default -> {
        LOG.log(Level.WARNING, "A command failed unexpectedly", e);
        yield new Document("errmsg", "the embedded engine failed: " + e)
            .append("code", INTERNAL_ERROR)
            .append("codeName", "InternalError");
      }
    };
  }
}
