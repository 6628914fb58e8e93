package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.ErrorCode;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fields of a command, with a clear error where a client sends another type. */
final class Fields {
  private Fields() {}

  /** The value, or Missing for an absent field or null. */
  static Object value(Document document, String name) {
    return Missing.ofNullable(document.get(name));
  }

  static boolean has(Document document, String name) {
    return !(value(document, name) instanceof Missing);
  }

  static String text(Document document, String name) {
    return typed(document, name, value(document, name), String.class);
  }

  /** The document, an empty one where there is none. */
  static Document document(Document document, String name) {
    return has(document, name)
        ? typed(document, name, value(document, name), Document.class)
        : new Document();
  }

  /** The documents, none where there is no such field. */
  static List<Document> documents(Document document, String name) {
    if (!has(document, name)) {
      return List.of();
    }
    List<Document> documents = new ArrayList<>();
    for (Object element : typed(document, name, value(document, name), List.class)) {
      documents.add(typed(document, name, Missing.ofNullable(element), Document.class));
    }
    return documents;
  }

  static int number(Document document, String name, int otherwise) {
    return has(document, name)
        ? typed(document, name, value(document, name), Number.class).intValue()
        : otherwise;
  }

  static boolean flag(Document document, String name, boolean otherwise) {
    return has(document, name) ? Utils.isTrue(value(document, name)) : otherwise;
  }

  private static <T> T typed(Document document, String name, Object value, Class<T> type) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    String command = document.isEmpty() ? "" : document.keySet().iterator().next();
    throw new MongoServerError(
        ErrorCode.TypeMismatch,
        "field '%s' of '%s' must be a %s, not a %s"
            .formatted(
                name, command, type.getSimpleName().toLowerCase(Locale.ROOT), typeOf(value)));
  }

  private static String typeOf(Object value) {
    return value instanceof Missing ? "missing field" : Utils.describeType(value);
  }
}
