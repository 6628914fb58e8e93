package com.lpai.domain.sync;

import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Brings values from either side into the one form in which they are compared and stored (spec 5):
 * texts trimmed, an empty text cleared, e-mail addresses and known words in lower case, countries
 * in upper case, phones in E.164.
 */
public final class FieldNormalizer {
  private final FieldTable table;
  private final BinaryOperator<String> phones;

  /**
   * For records of this table.
   *
   * @param phones the normal form of a phone number, given the number and the country whose
   *     national form is understood
   */
  public FieldNormalizer(FieldTable table, BinaryOperator<String> phones) {
    this.table = table;
    this.phones = phones;
  }

  /** For records without phone numbers. */
  public FieldNormalizer(FieldTable table) {
    this(table, (number, country) -> number);
  }

  /**
   * The same changes with every value in its normal form.
   *
   * @param country the location's country, for national phone numbers
   */
  public FieldChanges normalise(FieldChanges changes, String country) {
    TreeMap<FieldName, FieldValue> normal = new TreeMap<>(changes.values());
    normal.replaceAll((name, value) -> value(name, value, country));
    return new FieldChanges(normal);
  }

  private FieldValue value(FieldName name, FieldValue value, String country) {
    if (!(value instanceof FieldValue.Text(String given))) {
      return value;
    }
    String text = given.strip();
    return FieldValue.text(
        switch (table.typeOf(name)) {
          case EMAIL -> text.toLowerCase(Locale.ROOT);
          case PHONE -> phones.apply(text, country);
          case COUNTRY -> text.toUpperCase(Locale.ROOT);
          case WORD -> word(name, text);
          case TEXT, DAY, MOMENT, FLAG, AMOUNT, STRUCTURE -> text;
        });
  }

  /** A word that nobody knows stays as it came. */
  private String word(FieldName name, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean known =
        table.named(name.value()).filter(field -> field.words().contains(lower)).isPresent();
    return known ? lower : text;
  }
}
