package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.FieldValueJson;
import com.lpai.application.reconcile.ProofUseCase.Values;
import com.lpai.domain.reconcile.Delta;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.KindProof;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.sync.FieldName;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/** How reconciliation stands, as the REST API shows it (docs/rest-api.md). */
public final class ReconciliationJson {
  private ReconciliationJson() {}

  /** At a glance: the last reading of changes, the latest finished proof. */
  public static JsonObjectBuilder brief(Reconciliation reconciliation) {
    Proof report = reconciliation.report();
    JsonObjectBuilder proof =
        JSON.createObjectBuilder()
            .add("state", word(report.state()))
            .add("different", report.different());
    LocationJson.addTime(proof, "provenAt", report.provenAt());
    return JSON.createObjectBuilder()
        .add("changes", of(reconciliation.delta()))
        .add("proof", proof);
  }

  /** The latest finished proof, the one under way, and what comes next. */
  public static JsonObjectBuilder whole(Reconciliation reconciliation) {
    JsonObjectBuilder json = of(reconciliation.report());
    if (reconciliation.proof().isRunning()) {
      json.add("running", of(reconciliation.proof()));
    } else {
      addPlanned(json, "nextProofAt", reconciliation.proofAt());
    }
    return json.add("repairing", reconciliation.repairAt().isBefore(Reconciliation.NEVER))
        .add("changes", of(reconciliation.delta()));
  }

  private static void addPlanned(JsonObjectBuilder json, String name, Instant at) {
    if (at.isBefore(Reconciliation.NEVER)) {
      json.add(name, at.toString());
    }
  }

  public static JsonObjectBuilder of(Proof proof) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("state", word(proof.state())).add("run", proof.run());
    LocationJson.addTime(json, "begunAt", proof.begunAt());
    LocationJson.addTime(json, "provenAt", proof.provenAt());
    JsonObjectBuilder kinds = JSON.createObjectBuilder();
    proof.kinds().forEach((kind, of) -> kinds.add(kind.key(), of(of)));
    json.add("calls", proof.calls()).add("different", proof.different()).add("kinds", kinds);
    return proof.problem().isEmpty() ? json : json.add("problem", proof.problem());
  }

  private static JsonObjectBuilder of(KindProof kind) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("phase", word(kind.phase()))
            .add("pages", kind.pages())
            .add("calls", kind.calls())
            .add("here", kind.here());
    if (kind.there() >= 0) {
      json.add("there", kind.there());
    }
    json.add("listed", kind.listed()).add("different", kind.different());
    if (kind.unlisted() > 0) {
      json.add("countedOnly", kind.unlisted());
    }
    return kind.problem().isEmpty() ? json : json.add("problem", kind.problem());
  }

  private static JsonObjectBuilder of(Delta delta) {
    JsonObjectBuilder watermarks = JSON.createObjectBuilder();
    delta
        .watermarks()
        .forEach((kind, mark) -> LocationJson.addTime(watermarks, kind.key(), mark.upTo()));
    JsonObjectBuilder json = JSON.createObjectBuilder();
    LocationJson.addTime(json, "readAt", delta.finishedAt());
    addPlanned(json, "nextAt", delta.dueAt());
    json.add("watermarks", watermarks)
        .add("repaired", delta.repaired())
        .add("repairedLast", delta.repairedLast());
    return delta.problem().isEmpty() ? json : json.add("problem", delta.problem());
  }

  /** A difference, without any value. */
  public static JsonObjectBuilder of(Difference difference) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", difference.id())
            .add("kind", difference.kind().key())
            .add("nature", word(difference.nature()))
            .add("cause", word(difference.cause()));
    addText(json, "ourId", difference.ourId());
    addText(json, "ghlId", difference.crmId());
    json.add(
        "fields",
        JSON.createArrayBuilder(difference.fields().stream().map(FieldName::value).toList()));
    addText(json, "note", difference.note());
    json.add("seenAt", difference.seenAt().toString())
        .add("stage", word(difference.stage()))
        .add("repair", word(difference.cause().repair()))
        .add("calls", difference.cause().repair().calls());
    addText(json, "result", difference.result());
    return json;
  }

  /** Values by field; null where a side has none. */
  public static JsonObjectBuilder of(Values.Told values) {
    JsonObjectBuilder fields = JSON.createObjectBuilder();
    new TreeMap<>(values.fields())
        .forEach(
            (name, both) ->
                fields.add(
                    name.value(),
                    JSON.createObjectBuilder()
                        .add("here", FieldValueJson.of(both.here()))
                        .add("there", FieldValueJson.of(both.there()))));
    return JSON.createObjectBuilder().add("fields", fields);
  }

  private static void addText(JsonObjectBuilder json, String name, String text) {
    if (!text.isEmpty()) {
      json.add(name, text);
    }
  }

  /** As it is written in JSON: {@code missingHere}. */
  private static String word(Enum<?> constant) {
    String[] parts = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder word = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      word.append(parts[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(parts[i].substring(1));
    }
    return word.toString();
  }
}
