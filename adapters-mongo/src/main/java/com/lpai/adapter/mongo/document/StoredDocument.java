package com.lpai.adapter.mongo.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * A document as it is read: a required field that is missing or of another type is a {@link
 * MalformedDocumentException} that names it, and fields that nobody asks for are ignored.
 */
public final class StoredDocument {
  private final String what;
  private final String path;
  private final Document document;

  private StoredDocument(String what, String path, Document document) {
    this.what = what;
    this.path = path;
    this.document = document;
  }

  /**
   * Reads a whole document.
   *
   * @param kind what it is, for the message of a failure; its id is added
   */
  public static StoredDocument of(String kind, Document document) {
    return new StoredDocument(kind + " " + document.get("_id"), "", document);
  }

  /**
   * Reads a document that has no id of its own.
   *
   * @param name what it is and whose, for the message of a failure
   */
  public static StoredDocument named(String name, Document document) {
    return new StoredDocument(name, "", document);
  }

  public boolean has(String field) {
    return document.get(field) != null;
  }

  public String text(String field) {
    return required(field, String.class);
  }

  /** The text, empty when the field is absent. */
  public String textOrEmpty(String field) {
    return optional(field, String.class).orElse("");
  }

  /** The text, if the field is there. */
  public Optional<String> textIfAny(String field) {
    return optional(field, String.class);
  }

  /** The flag, if the field is there. */
  public Optional<Boolean> flagIfAny(String field) {
    return optional(field, Boolean.class);
  }

  /** The number, if the field is there. */
  public Optional<Long> numberIfAny(String field) {
    return optional(field, Number.class).map(Number::longValue);
  }

  public boolean flag(String field) {
    return required(field, Boolean.class);
  }

  /** The flag, false when the field is absent. */
  public boolean flagOrFalse(String field) {
    return optional(field, Boolean.class).orElse(false);
  }

  public long number(String field) {
    return required(field, Number.class).longValue();
  }

  /** The number, 0 when the field is absent. */
  public long numberOrZero(String field) {
    return optional(field, Number.class).map(Number::longValue).orElse(0L);
  }

  public Instant instant(String field) {
    return required(field, Date.class).toInstant();
  }

  /** The time, {@link Instant#EPOCH} when the field is absent. */
  public Instant instantOrEpoch(String field) {
    return optional(field, Date.class).map(Date::toInstant).orElse(Instant.EPOCH);
  }

  /** How {@link #instantOrEpoch} finds a time stored: the epoch is an absent field. */
  public static void putInstant(Document document, String field, Instant at) {
    if (!at.equals(Instant.EPOCH)) {
      document.append(field, at);
    }
  }

  public byte[] bytes(String field) {
    return binary(field).getData();
  }

  public Binary binary(String field) {
    return required(field, Binary.class);
  }

  /** A day, stored as an ISO text. */
  public LocalDate day(String field) {
    try {
      return LocalDate.parse(text(field));
    } catch (DateTimeException e) {
      throw malformed(field, "holds no day");
    }
  }

  /** The constant of an enum, this one when the field is absent. */
  public <E extends Enum<E>> E wordOr(E absent, String field) {
    return has(field) ? word(field, absent.getDeclaringClass()) : absent;
  }

  /** The constant of an enum, stored in lower case. */
  public <E extends Enum<E>> E word(String field, Class<E> type) {
    try {
      return Enum.valueOf(type, text(field).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw malformed(field, "holds a word that this version does not know");
    }
  }

  /** How {@link #word} finds a constant stored. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public StoredDocument child(String field) {
    return new StoredDocument(what, path + field + ".", required(field, Document.class));
  }

  /** The child documents of an array; none when the field is absent. */
  public List<StoredDocument> children(String field) {
    List<StoredDocument> children = new ArrayList<>();
    for (Object element : list(field)) {
      if (!(element instanceof Document child)) {
        throw malformed(field, "holds something else than documents");
      }
      children.add(new StoredDocument(what, path + field + "[].", child));
    }
    return children;
  }

  /** The texts of an array; none when the field is absent. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (Object element : list(field)) {
      if (!(element instanceof String text)) {
        throw malformed(field, "holds something else than texts");
      }
      texts.add(text);
    }
    return texts;
  }

  private List<?> list(String field) {
    return optional(field, List.class).<List<?>>map(list -> list).orElse(List.of());
  }

  /** The field's value as the driver gave it; empty when it is absent or null. */
  public Optional<Object> raw(String field) {
    return Optional.ofNullable(document.get(field));
  }

  /** The keys of this document. */
  public Iterable<String> keys() {
    return document.keySet();
  }

  public MalformedDocumentException malformed(String field, String fault) {
    return new MalformedDocumentException(what, path + field, fault);
  }

  private <T> T required(String field, Class<T> type) {
    return optional(field, type).orElseThrow(() -> malformed(field, "is missing"));
  }

  private <T> Optional<T> optional(String field, Class<T> type) {
    Object value = document.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw malformed(field, "is no " + type.getSimpleName());
    }
    return Optional.of(type.cast(value));
  }

  /** The field names only: values may be personal data. */
  @Override
  public String toString() {
    return what + " " + document.keySet();
  }
}
