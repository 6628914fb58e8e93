package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.copy.Sparse;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.GhlCustomFieldId;
import org.bson.Document;

/** A custom field as a document, and back. */
final class CustomFieldForm implements CopyForm<CustomField> {
  @Override
  public String kind() {
    return "custom field";
  }

  @Override
  public String idField() {
    return "ghlCustomFieldId";
  }

  @Override
  public String id(CustomField field) {
    return field.crmId();
  }

  @Override
  public Document toDocument(CustomField field) {
    return new Sparse()
        .text("fieldKey", field.fieldKey())
        .texts("picklistOptions", field.options())
        .document()
        .append("model", StoredDocument.word(field.model()))
        .append("name", field.name())
        .append("dataType", field.dataType())
        .append("position", field.position());
  }

  @Override
  public CustomField toDomain(StoredDocument stored) {
    return new CustomField(
        new GhlCustomFieldId(stored.text(idField())),
        stored.word("model", CustomField.Model.class),
        stored.text("name"),
        stored.textOrEmpty("fieldKey"),
        stored.text("dataType"),
        Math.toIntExact(stored.number("position")),
        stored.texts("picklistOptions"));
  }
}
