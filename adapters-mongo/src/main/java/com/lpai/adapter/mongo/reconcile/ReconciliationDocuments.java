package com.lpai.adapter.mongo.reconcile;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.reconcile.Delta;
import com.lpai.domain.reconcile.KindProof;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.Watermark;
import com.lpai.domain.sync.MirrorKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;

/** A reconciliation as a document, and back. */
final class ReconciliationDocuments {
  static final String CARE_AT = "careAt";
  static final String VERSION = "version";
  private static final String DELTA = "delta";
  private static final String PROOF = "proof";
  private static final String REPORT = "report";
  private static final String PROOF_AT = "proofAt";
  private static final String REPAIR_AT = "repairAt";
  private static final String REPAIR_ATTEMPTS = "repairAttempts";

  private ReconciliationDocuments() {}

  static Document toDocument(Reconciliation reconciliation) {
    return new Document(CARE_AT, reconciliation.careAt())
        .append(DELTA, delta(reconciliation.delta()))
        .append(PROOF, proof(reconciliation.proof()))
        .append(REPORT, proof(reconciliation.report()))
        .append(PROOF_AT, reconciliation.proofAt())
        .append(REPAIR_AT, reconciliation.repairAt())
        .append(REPAIR_ATTEMPTS, reconciliation.repairAttempts())
        .append(VERSION, reconciliation.version());
  }

  static Reconciliation toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("reconciliation", document);
    return new Reconciliation(
        toDelta(stored.child(DELTA)),
        toProof(stored.child(PROOF)),
        toProof(stored.child(REPORT)),
        stored.instant(PROOF_AT),
        stored.instant(REPAIR_AT),
        Math.toIntExact(stored.numberOrZero(REPAIR_ATTEMPTS)),
        stored.number(VERSION));
  }

  private static Document delta(Delta delta) {
    Document watermarks = new Document();
    delta.watermarks().forEach((kind, mark) -> watermarks.append(kind.key(), watermark(mark)));
    return new Document("watermarks", watermarks)
        .append("dueAt", delta.dueAt())
        .append("intervalMillis", delta.interval().toMillis())
        .append("finishedAt", delta.finishedAt())
        .append("listed", delta.listed())
        .append("repaired", delta.repaired())
        .append("repairedLast", delta.repairedLast())
        .append("attempts", delta.attempts())
        .append("problem", delta.problem());
  }

  private static Delta toDelta(StoredDocument stored) {
    return new Delta(
        byKind(stored.child("watermarks"), ReconciliationDocuments::toWatermark),
        stored.instant("dueAt"),
        Duration.ofMillis(stored.number("intervalMillis")),
        stored.instant("finishedAt"),
        stored.number("listed"),
        stored.number("repaired"),
        stored.number("repairedLast"),
        Math.toIntExact(stored.number("attempts")),
        stored.text("problem"));
  }

  private static Document watermark(Watermark mark) {
    return new Document("upTo", mark.upTo())
        .append("begunAt", mark.begunAt())
        .append("since", mark.since())
        .append("cursor", mark.cursor());
  }

  private static Watermark toWatermark(StoredDocument stored) {
    return new Watermark(
        stored.instant("upTo"),
        stored.instant("begunAt"),
        stored.instant("since"),
        stored.text("cursor"));
  }

  private static Document proof(Proof proof) {
    Document kinds = new Document();
    proof.kinds().forEach((kind, of) -> kinds.append(kind.key(), kindProof(of)));
    return new Document("run", proof.run())
        .append("state", StoredDocument.word(proof.state()))
        .append("begunAt", proof.begunAt())
        .append("provenAt", proof.provenAt())
        .append("kinds", kinds)
        .append("attempts", proof.attempts())
        .append("problem", proof.problem());
  }

  private static Proof toProof(StoredDocument stored) {
    return new Proof(
        stored.number("run"),
        stored.word("state", Proof.State.class),
        stored.instant("begunAt"),
        stored.instant("provenAt"),
        byKind(stored.child("kinds"), ReconciliationDocuments::toKindProof),
        Math.toIntExact(stored.number("attempts")),
        stored.text("problem"));
  }

  private static Document kindProof(KindProof proof) {
    return new Document("phase", StoredDocument.word(proof.phase()))
        .append("cursor", proof.cursor())
        .append("pages", proof.pages())
        .append("calls", proof.calls())
        .append("here", proof.here())
        .append("there", proof.there())
        .append("listed", proof.listed())
        .append("different", proof.different())
        .append("unlisted", proof.unlisted())
        .append("problem", proof.problem());
  }

  private static KindProof toKindProof(StoredDocument stored) {
    return new KindProof(
        stored.word("phase", KindProof.Phase.class),
        stored.text("cursor"),
        stored.number("pages"),
        stored.number("calls"),
        stored.number("here"),
        stored.number("there"),
        stored.number("listed"),
        stored.number("different"),
        stored.number("unlisted"),
        stored.text("problem"));
  }

  private static <T> Map<MirrorKind, T> byKind(
      StoredDocument stored, Function<StoredDocument, T> read) {
    Map<MirrorKind, T> all = new EnumMap<>(MirrorKind.class);
    for (String key : stored.keys()) {
      MirrorKind.named(key).ifPresent(kind -> all.put(kind, read.apply(stored.child(key))));
    }
    return all;
  }
}
