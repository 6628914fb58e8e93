package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A command or statement that is not done, with the answer that MongoDB gives. */
final class Refusal extends RuntimeException {
  private static final System.Logger LOG = System.getLogger(Refusal.class.getName());
  private static final long serialVersionUID = 1L;
  private static final Pattern UNSUPPORTED_OPTIONS =
      Pattern.compile(
          "collation|tailable|awaitData|returnKey|showRecordId|min|max|let|explain"
              + "|startTransaction|txnNumber|autocommit");
  private static final Set<String> PROJECTION_OPERATORS = Set.of("$slice", "$elemMatch");

  private final Document details;

  Refusal(int code, String codeName, String message) {
    super(message);
    details = details(message, code, codeName);
  }

  private static Document details(String message, int code, String codeName) {
    return new Document("errmsg", message).append("code", code).append("codeName", codeName);
  }

  static Refusal duplicateKey(String namespace, IndexDefinition index, Document document) {
    Document value = new Document();
    for (String path : index.paths()) {
      Object held = FieldValues.at(document, path);
      value.append(path, held instanceof Missing ? null : held);
    }
    String message =
        "E11000 duplicate key error collection: %s index: %s dup key: %s"
            .formatted(namespace, index.name(), Json.toCompactJsonValue(value));
    Refusal refusal = new Refusal(11_000, "DuplicateKey", message);
    refusal.details.append("keyPattern", index.key()).append("keyValue", value);
    return refusal;
  }

  /** Of something that would be ignored otherwise and so answered wrongly. */
  static void require(boolean supported, String what) {
    if (!supported) {
      throw new Refusal(20, "IllegalOperation", what + " is not supported by the embedded engine");
    }
  }

  /** For a command, or one statement of a batch. */
  static void requireSupported(Document options) {
    for (Map.Entry<String, Object> option : options.entrySet()) {
      boolean unsupported = UNSUPPORTED_OPTIONS.matcher(option.getKey()).matches();
      require(
          !unsupported || Boolean.FALSE.equals(option.getValue()),
          "the option '" + option.getKey() + "'");
    }
    boolean pipeline = options.get("u") instanceof List || options.get("update") instanceof List;
    require(!pipeline, "an update by an aggregation pipeline");
    Fields.document(options, "projection").forEach(Refusal::requireNoExpression);
    Fields.document(options, "fields").forEach(Refusal::requireNoExpression);
  }

  private static void requireNoExpression(String field, Object projection) {
    boolean known =
        projection instanceof Document operator
            ? PROJECTION_OPERATORS.containsAll(operator.keySet())
            : projection instanceof Number || projection instanceof Boolean;
    require(known, "an expression in a projection (field '" + field + "')");
  }

  /** Message, code, name and, for a duplicate key, which: of whatever ended a command. */
  static Document describe(RuntimeException e) {
    return switch (e) {
      case Refusal refusal -> refusal.details;
      case MongoServerError error ->
          details(error.getMessageWithoutErrorCode(), error.getCode(), error.getCodeName());
      default -> {
        LOG.log(Level.WARNING, "A command failed unexpectedly", e);
        yield details("the embedded engine failed: " + e, 1, "InternalError");
      }
    };
  }
}
