package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Provenance;
import com.lpai.domain.sync.Provenance.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;

/**
 * Who wrote what, in few bytes: one stamp for most values, and one for each further writing with
 * the fields that it wrote. Values that were stored before this was noted have none.
 */
final class ProvenanceDocuments {
  private static final String BY = "by";
  private static final String USER = "user";
  private static final String SUBJECT = "subject";
  private static final String AT = "at";
  private static final String OTHERS = "others";
  private static final String FIELDS = "fields";

  private ProvenanceDocuments() {}

  /** Empty when nobody knows. */
  static Optional<Document> toDocument(Provenance provenance) {
    if (provenance.equals(Provenance.NONE)) {
      return Optional.empty();
    }
    Document document = stamp(provenance.usual());
    if (!provenance.others().isEmpty()) {
      Map<Stamp, List<String>> fields = new LinkedHashMap<>();
      provenance
          .others()
          .forEach(
              (name, stamp) ->
                  fields.computeIfAbsent(stamp, first -> new ArrayList<>()).add(name.value()));
      List<Document> others = new ArrayList<>();
      fields.forEach((stamp, names) -> others.add(stamp(stamp).append(FIELDS, names)));
      document.append(OTHERS, others);
    }
    return Optional.of(document);
  }

  private static Document stamp(Stamp stamp) {
    Document document = new Document();
    writeOrigin(stamp.by(), document);
    StoredDocument.putInstant(document, AT, stamp.at());
    return document;
  }

  static Provenance toDomain(StoredDocument stored) {
    SortedMap<FieldName, Stamp> others = new TreeMap<>();
    for (StoredDocument writing : stored.children(OTHERS)) {
      Stamp stamp = toStamp(writing);
      writing.texts(FIELDS).forEach(name -> others.put(FieldName.of(name), stamp));
    }
    return new Provenance(toStamp(stored), others);
  }

  private static Stamp toStamp(StoredDocument stored) {
    return new Stamp(origin(stored), stored.instantOrEpoch(AT));
  }

  static void writeOrigin(Origin origin, Document document) {
    switch (origin) {
      case Origin.User(String subject) -> document.append(BY, USER).append(SUBJECT, subject);
      case Origin.Part part -> document.append(BY, StoredDocument.word(part));
    }
  }

  static Origin origin(StoredDocument stored) {
    return stored.text(BY).equals(USER)
        ? new Origin.User(stored.text(SUBJECT))
        : stored.word(BY, Origin.Part.class);
  }
}
