package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.copy.Sparse;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.GhlCustomValueId;
import org.bson.Document;

/** A custom value as a document, and back. */
final class CustomValueForm implements CopyForm<CustomValue> {
  @Override
  public String kind() {
    return "custom value";
  }

  @Override
  public String idField() {
    return "ghlCustomValueId";
  }

  @Override
  public String id(CustomValue value) {
    return value.crmId();
  }

  @Override
  public Document toDocument(CustomValue value) {
    return new Sparse()
        .text("fieldKey", value.fieldKey())
        .text("value", value.value())
        .document()
        .append("name", value.name());
  }

  @Override
  public CustomValue toDomain(StoredDocument stored) {
    return new CustomValue(
        new GhlCustomValueId(stored.text(idField())),
        stored.text("name"),
        stored.textOrEmpty("fieldKey"),
        stored.textOrEmpty("value"));
  }
}
