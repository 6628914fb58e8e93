package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldNormalizer;
import com.lpai.domain.sync.FieldValue;
import java.util.Locale;
import java.util.TreeMap;

/** Brings contacts' values from either side into the one form in which they are kept (spec 5). */
public final class ContactNormalizer {
  private final FieldNormalizer fields;

  public ContactNormalizer(PhoneNumbers phoneNumbers) {
    fields =
        new FieldNormalizer(
            ContactField.TABLE,
            (number, country) -> phoneNumbers.normalise(number, country).orElse(number));
  }

  /**
   * The same changes with every value in its normal form, and every tag in lower case; phones that
   * cannot be read are kept as given.
   *
   * @param country the location's country, for national phone numbers
   */
  public FieldChanges normalise(FieldChanges changes, String country) {
    TreeMap<FieldName, FieldValue> normal = new TreeMap<>();
    fields
        .normalise(changes, country)
        .values()
        .forEach(
            (name, value) -> {
              String tag = name.isIn(ContactField.TAGS) ? tag(name.element()) : "";
              if (!tag.isEmpty()) {
                normal.put(FieldName.element(ContactField.TAGS, tag), value);
              } else if (!name.isIn(ContactField.TAGS)) {
                normal.put(name, value);
              }
            });
    return new FieldChanges(normal);
  }

  /** A tag as GoHighLevel keeps it: trimmed and in lower case. */
  public static String tag(String tag) {
    return tag.strip().toLowerCase(Locale.ROOT);
  }
}
