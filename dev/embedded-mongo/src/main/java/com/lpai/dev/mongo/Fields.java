package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.TypeMismatchException;
import java.util.List;

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

  private static <T> T get(Document document, String name, Class<T> type, T otherwise) {
    Object value = has(document, name) ? value(document, name) : otherwise;
    if (!type.isInstance(value)) {
      throw new TypeMismatchException(
          "field '%s' must be a %s, not a %s"
              .formatted(name, Utils.describeType(type), Utils.describeType(value)));
    }
    return type.cast(value);
  }

  static String text(Document document, String name) {
    return get(document, name, String.class, "");
  }

  /** The document, an empty one where there is none. */
  static Document document(Document document, String name) {
    return get(document, name, Document.class, new Document());
  }

  /** The documents, none where there is no such field. */
  static List<Document> documents(Document document, String name) {
    List<?> elements = get(document, name, List.class, List.of());
    return elements.stream().map(element -> document(new Document(name, element), name)).toList();
  }

  static int number(Document document, String name, int otherwise) {
    return get(document, name, Number.class, otherwise).intValue();
  }

  static boolean flag(Document document, String name, boolean otherwise) {
    return has(document, name) ? Utils.isTrue(value(document, name)) : otherwise;
  }
}
