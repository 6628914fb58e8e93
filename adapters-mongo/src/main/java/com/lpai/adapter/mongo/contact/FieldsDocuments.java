package com.lpai.adapter.mongo.contact;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/**
 * A contact's values in its document: known fields as properties of their own, tags as an array of
 * texts, custom fields and dnd channels as arrays of pairs, and what this version does not know as
 * pairs in {@code otherFields}. Pairs, because a name from outside is no safe key.
 */
final class FieldsDocuments {
  private static final String OTHER_FIELDS = "otherFields";
  private static final String VALUE = "value";
  private static final FieldValue TAGGED = new FieldValue.Flag(true);

  /** Groups kept as arrays of pairs, with the name of a pair's first part. */
  private static final Map<String, String> PAIRS =
      Map.of(ContactField.CUSTOM_FIELDS, "id", ContactField.DND_SETTINGS, "channel");

  private FieldsDocuments() {}

  static void write(Fields fields, Document document) {
    fields.values().forEach((name, value) -> write(name, value, document));
  }

  private static void write(FieldName name, FieldValue value, Document document) {
    if (ContactField.named(name.value()).isPresent()) {
      document.put(name.value(), FieldValueDocuments.toBson(name, value));
      return;
    }
    if (name.isIn(ContactField.TAGS) && value.equals(TAGGED)) {
      array(document, ContactField.TAGS).add(name.element());
      return;
    }
    String group = name.group().orElse("");
    String first = PAIRS.getOrDefault(group, "name");
    String array = PAIRS.containsKey(group) ? group : OTHER_FIELDS;
    String called = PAIRS.containsKey(group) ? name.element() : name.value();
    array(document, array)
        .add(new Document(first, called).append(VALUE, FieldValueDocuments.toBson(name, value)));
  }

  @SuppressWarnings("unchecked") // only this class puts these arrays
  private static List<Object> array(Document document, String field) {
    return (List<Object>) document.computeIfAbsent(field, absent -> new ArrayList<>());
  }

  static Fields read(StoredDocument stored) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (ContactField field : ContactField.values()) {
      FieldName name = field.fieldName();
      values.put(name, FieldValueDocuments.toDomain(name, stored, field.key()));
    }
    for (String tag : stored.texts(ContactField.TAGS)) {
      values.put(FieldName.element(ContactField.TAGS, tag), TAGGED);
    }
    PAIRS.forEach(
        (group, first) -> {
          for (StoredDocument pair : stored.children(group)) {
            FieldName name = FieldName.element(group, pair.text(first));
            values.put(name, FieldValueDocuments.toDomain(name, pair, VALUE));
          }
        });
    for (StoredDocument pair : stored.children(OTHER_FIELDS)) {
      FieldName name = FieldName.of(pair.text("name"));
      values.put(name, FieldValueDocuments.toDomain(name, pair, VALUE));
    }
    return Fields.of(values);
  }
}
