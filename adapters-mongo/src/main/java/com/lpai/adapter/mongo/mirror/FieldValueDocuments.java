package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.MapKeys;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Field values as BSON. Text, flags, times, lists and amounts are what they are; a day is an ISO
 * text in a field of days and {@code {day: "…"}} elsewhere, so that it never comes back as a text;
 * a structure is {@code {json: "…"}}: what comes from outside is never parsed as MongoDB's own JSON
 * (spec 7).
 */
public final class FieldValueDocuments {
  private static final String DAY = "day";
  private static final String TEXT = "text";
  private static final String JSON = "json";
  private static final String AMOUNT = "amount";

  private final FieldTable table;

  public FieldValueDocuments(FieldTable table) {
    this.table = table;
  }

  /** What is stored of a value; null of none. */
  public @Nullable Object toBson(FieldName name, FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> null;
      case FieldValue.Text(String text) -> isDay(name) ? new Document(TEXT, text) : text;
      case FieldValue.Flag(boolean flag) -> flag;
      case FieldValue.Amount(BigDecimal amount) -> amount(amount);
      case FieldValue.Day(LocalDate day) ->
          isDay(name) ? day.toString() : new Document(DAY, day.toString());
      case FieldValue.Moment(Instant at) -> at;
      case FieldValue.Texts(List<String> texts) -> texts;
      case FieldValue.Structure(String json) -> new Document(JSON, json);
    };
  }

  /** Decimal128 holds 34 digits; what needs more is kept as text rather than rounded. */
  private static Object amount(BigDecimal amount) {
    try {
      return new Decimal128(amount);
    } catch (NumberFormatException e) {
      return new Document(AMOUNT, amount.toString());
    }
  }

  /** What was stored of a value under this key. */
  public FieldValue toDomain(FieldName name, StoredDocument from, String key) {
    Optional<Object> stored = from.raw(key);
    if (stored.isEmpty()) {
      return FieldValue.cleared();
    }
    try {
      return read(name, stored.get()).orElseThrow(() -> from.malformed(key, "is no field value"));
    } catch (DateTimeException | NumberFormatException e) {
      throw from.malformed(key, "is no field value");
    }
  }

  private Optional<FieldValue> read(FieldName name, Object stored) {
    return switch (stored) {
      case String text when isDay(name) -> Optional.of(new FieldValue.Day(LocalDate.parse(text)));
      case String text -> Optional.of(FieldValue.text(text));
      case Boolean flag -> Optional.of(new FieldValue.Flag(flag));
      case Decimal128 amount -> Optional.of(new FieldValue.Amount(amount.bigDecimalValue()));
      case Date at -> Optional.of(new FieldValue.Moment(at.toInstant()));
      case Number number -> Optional.of(new FieldValue.Amount(new BigDecimal(number.toString())));
      case List<?> list -> texts(list);
      case Document tagged -> tagged(tagged);
      default -> Optional.empty();
    };
  }

  private static Optional<FieldValue> texts(List<?> list) {
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String text)) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return Optional.of(new FieldValue.Texts(texts));
  }

  private static Optional<FieldValue> tagged(Document tagged) {
    if (tagged.get(TEXT) instanceof String text) {
      return Optional.of(FieldValue.text(text));
    }
    if (tagged.get(DAY) instanceof String day) {
      return Optional.of(new FieldValue.Day(LocalDate.parse(day)));
    }
    if (tagged.get(AMOUNT) instanceof String amount) {
      return Optional.of(new FieldValue.Amount(new BigDecimal(amount)));
    }
    return tagged.get(JSON) instanceof String json
        ? Optional.of(new FieldValue.Structure(json))
        : Optional.empty();
  }

  private boolean isDay(FieldName name) {
    return table.typeOf(name) == FieldType.DAY;
  }

  Document toDocument(FieldChanges changes) {
    Document document = new Document();
    changes
        .values()
        .forEach((name, value) -> document.put(MapKeys.encode(name.value()), toBson(name, value)));
    return document;
  }

  FieldChanges toChanges(StoredDocument stored) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (String key : stored.keys()) {
      FieldName name = FieldName.of(MapKeys.decode(key));
      values.put(name, toDomain(name, stored, key));
    }
    return FieldChanges.of(values);
  }
}
