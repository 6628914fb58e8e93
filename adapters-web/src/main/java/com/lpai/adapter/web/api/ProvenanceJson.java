package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.OriginJson;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Provenance.Stamp;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.TreeSet;

/** Who wrote each value of a record, and each that is cleared, in the REST API. */
final class ProvenanceJson {
  private ProvenanceJson() {}

  static JsonObject of(Mirrored<?, ?, ?> record) {
    TreeSet<FieldName> names = new TreeSet<>(record.fields().values().keySet());
    names.addAll(record.provenance().others().keySet());
    JsonObjectBuilder fields = JSON.createObjectBuilder();
    names.forEach(name -> fields.add(name.value(), of(record.provenance().of(name))));
    return JSON.createObjectBuilder().add("fields", fields).build();
  }

  private static JsonObjectBuilder of(Stamp stamp) {
    JsonObjectBuilder json = JSON.createObjectBuilder(OriginJson.of(stamp.by()));
    if (stamp.at().isAfter(Instant.EPOCH)) {
      json.add("at", stamp.at().toString());
    }
    return json;
  }
}
