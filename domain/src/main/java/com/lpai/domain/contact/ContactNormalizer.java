package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings values from either side into the one form in which they are compared and stored (spec 5).
 */
public final class ContactNormalizer {
  private final PhoneNumbers phoneNumbers;

  public ContactNormalizer(PhoneNumbers phoneNumbers) {
    this.phoneNumbers = phoneNumbers;
  }

  /**
   * The same changes with every value in its normal form: texts trimmed, an empty text cleared,
   * e-mail addresses and tags in lower case, phones in E.164 (kept as given when unreadable).
   *
   * @param country the location's country, for national phone numbers
   */
  public FieldChanges normalise(FieldChanges changes, String country) {
    TreeMap<FieldName, FieldValue> normal = new TreeMap<>();
    for (Map.Entry<FieldName, FieldValue> change : changes.values().entrySet()) {
      FieldName name = change.getKey();
      if (name.isIn(ContactField.TAGS)) {
        String tag = tag(name.element());
        if (!tag.isEmpty()) {
          normal.put(FieldName.element(ContactField.TAGS, tag), change.getValue());
        }
      } else {
        normal.put(name, value(name, change.getValue(), country));
      }
    }
    return new FieldChanges(normal);
  }

  /** A tag as GoHighLevel keeps it: trimmed and in lower case. */
  public static String tag(String tag) {
    return tag.strip().toLowerCase(Locale.ROOT);
  }

  private FieldValue value(FieldName name, FieldValue value, String country) {
    if (!(value instanceof FieldValue.Text(String given))) {
      return value;
    }
    String text = given.strip();
    ContactField.Type type =
        ContactField.named(name.value()).map(ContactField::type).orElse(ContactField.Type.TEXT);
    return FieldValue.text(
        switch (type) {
          case EMAIL -> text.toLowerCase(Locale.ROOT);
          case PHONE -> phoneNumbers.normalise(text, country).orElse(text);
          case COUNTRY -> text.toUpperCase(Locale.ROOT);
          case TEXT, DAY, FLAG, STRUCTURE -> text;
        });
  }
}
