package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.sync.FieldGroup;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;

/**
 * A record's values in its document: known fields as properties of their own, sets of names as an
 * array of texts, other groups as arrays of pairs, and what this version does not know as pairs in
 * {@code otherFields}. Pairs, because a name from outside is no safe key.
 */
final class FieldsDocuments {
  static final String OTHER_FIELDS = "otherFields";
  private static final String NAME = "name";
  private static final String VALUE = "value";

  private final FieldTable table;
  private final FieldValueDocuments values;

  FieldsDocuments(FieldTable table, FieldValueDocuments values) {
    this.table = table;
    this.values = values;
  }

  void write(Fields fields, Document document) {
    fields.values().forEach((name, value) -> write(name, value, document));
  }

  private void write(FieldName name, FieldValue value, Document document) {
    if (table.named(name.value()).isPresent()) {
      document.put(name.value(), values.toBson(name, value));
      return;
    }
    Optional<FieldGroup> group = table.groupOf(name);
    if (group.isEmpty() || (group.get().isOfNames() && !value.equals(FieldGroup.inIt()))) {
      addPair(document, OTHER_FIELDS, NAME, name.value(), name, value);
    } else if (group.get().isOfNames()) {
      array(document, group.get().name()).add(name.element());
    } else {
      addPair(document, group.get().name(), group.get().elementKey(), name.element(), name, value);
    }
  }

  private void addPair(
      Document document,
      String array,
      String key,
      String called,
      FieldName name,
      FieldValue value) {
    array(document, array).add(new Document(key, called).append(VALUE, values.toBson(name, value)));
  }

  @SuppressWarnings("unchecked") // only this class puts these arrays
  private static List<Object> array(Document document, String field) {
    return (List<Object>) document.computeIfAbsent(field, absent -> new ArrayList<>());
  }

  Fields read(StoredDocument stored) {
    Map<FieldName, FieldValue> fields = new TreeMap<>();
    for (MirroredField field : table.fields()) {
      FieldName name = field.fieldName();
      fields.put(name, values.toDomain(name, stored, field.key()));
    }
    for (FieldGroup group : table.groups()) {
      if (group.isOfNames()) {
        for (String element : stored.texts(group.name())) {
          fields.put(FieldName.element(group.name(), element), FieldGroup.inIt());
        }
      } else {
        for (StoredDocument pair : stored.children(group.name())) {
          FieldName name = FieldName.element(group.name(), pair.text(group.elementKey()));
          fields.put(name, values.toDomain(name, pair, VALUE));
        }
      }
    }
    for (StoredDocument pair : stored.children(OTHER_FIELDS)) {
      FieldName name = FieldName.of(pair.text(NAME));
      fields.put(name, values.toDomain(name, pair, VALUE));
    }
    return Fields.of(fields);
  }
}
