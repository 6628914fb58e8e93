package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Link;
import com.lpai.domain.sync.MirrorState;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.Provenance;
import com.lpai.domain.sync.Standing;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Projections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/**
 * A record as a document, and back.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public final class MirrorDocuments<I, G, R extends Mirrored<I, G, R>> {
  static final String ID = "_id";
  static final String FORMER_GHL_IDS = "formerGhlIds";
  static final String LIVE = "live";
  static final String SYNC = "sync";
  static final String VERSION = "version";
  static final String WRITE_ID = "writeId";
  static final String SYNC_STATE = SYNC + "." + SyncDocuments.STATE;
  static final String NEXT_ATTEMPT_AT = SYNC + "." + SyncDocuments.NEXT_ATTEMPT_AT;
  static final String CALL_KIND = SYNC + "." + SyncDocuments.IN_FLIGHT + "." + SyncDocuments.KIND;
  private static final String DELETED_AT = "deletedAt";
  private static final String DELETED_IN_GHL = "deletedInGhl";
  private static final String FLAGGED = "flaggedFields";
  private static final String TRACE = "trace";
  private static final String READ_AT = "lastReadAt";
  static final String LAST_READ_AT = TRACE + "." + READ_AT;
  static final String CONFLICTS = "conflicts";
  static final String CONFLICT_FIELD = "field";
  static final String CONFLICT_STATE = "state";
  static final String CONFLICT_STATES = "conflictStates";
  private static final String RESOLVED = "resolved";
  private static final String ORIGINS = "origins";
  private static final String CREATED_BY_SYNC = "createdBySync";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String LAST_SYNCED_AT = "lastSyncedAt";
  private static final String LAST_WEBHOOK_UPDATE = "lastWebhookUpdate";

  private final MirrorForm<I, G, R> form;
  private final FieldValueDocuments values;
  private final FieldsDocuments fields;
  private final SyncDocuments sync;
  private final List<String> fieldsOfOurs;

  public MirrorDocuments(MirrorForm<I, G, R> form) {
    this.form = form;
    values = new FieldValueDocuments(form.table());
    fields = new FieldsDocuments(form.table(), values);
    sync = new SyncDocuments(values);
    fieldsOfOurs = fieldsOfOurs(form);
  }

  /**
   * The record as it is stored.
   *
   * @param version the version after the write
   * @param writeId tells this write from every other one, so that a batch can be checked
   */
  public Document toDocument(R record, ObjectId id, long version, ObjectId writeId) {
    Document document = new Document(ID, id);
    record.crmId().ifPresent(crmId -> document.append(form.crmIdField(), crmId.toString()));
    if (!record.formerIds().isEmpty()) {
      document.append(
          FORMER_GHL_IDS, record.formerIds().stream().map(Object::toString).sorted().toList());
    }
    writePresence(record.presence(), document);
    fields.write(record.fields(), document);
    List<FieldName> flagged = record.flagged();
    if (!flagged.isEmpty()) {
      document.append(FLAGGED, flagged.stream().map(FieldName::value).toList());
    }
    form.writeOwnParts(record, document);
    document.append(SYNC, sync.toDocument(record.sync()));
    writeTrace(record.trace(), document);
    if (!record.conflicts().isEmpty()) {
      document.append(CONFLICTS, record.conflicts().stream().map(this::conflict).toList());
    }
    if (!record.conflicts().isEmpty() && record.isLive()) {
      document.append(
          CONFLICT_STATES,
          record.conflicts().stream()
              .map(Conflict::state)
              .distinct()
              .map(StoredDocument::word)
              .toList());
    }
    ProvenanceDocuments.toDocument(record.provenance())
        .ifPresent(origins -> document.append(ORIGINS, origins));
    return document
        .append(CREATED_BY_SYNC, record.createdBySync())
        .append(CREATED_AT, record.createdAt())
        .append(UPDATED_AT, record.updatedAt())
        .append(VERSION, version)
        .append(WRITE_ID, writeId);
  }

  private static void writePresence(Presence presence, Document document) {
    switch (presence) {
      case Presence.Live live -> document.append(LIVE, true);
      case Presence.DeletedHere(Instant at) -> document.append(LIVE, false).append(DELETED_AT, at);
      case Presence.DeletedInCrm(Instant at) ->
          document.append(LIVE, false).append(DELETED_IN_GHL, true).append(DELETED_AT, at);
    }
  }

  private static void writeTrace(CrmTrace trace, Document document) {
    Document stored = new Document();
    StoredDocument.putInstant(stored, READ_AT, trace.lastReadAt());
    StoredDocument.putInstant(stored, "lastPushAt", trace.lastPushAt());
    StoredDocument.putInstant(stored, "lastWebhookAt", trace.lastWebhookAt());
    StoredDocument.putInstant(stored, "lastHeardAt", trace.lastHeardAt());
    StoredDocument.putInstant(stored, "changedAt", trace.changedAt());
    StoredDocument.putInstant(stored, "missedAt", trace.missedAt());
    StoredDocument.putInstant(stored, "incompleteSince", trace.incompleteSince());
    document.append(TRACE, stored);
    boolean readLast = trace.lastReadAt().isAfter(trace.lastPushAt());
    StoredDocument.putInstant(
        document, LAST_SYNCED_AT, readLast ? trace.lastReadAt() : trace.lastPushAt());
    StoredDocument.putInstant(document, LAST_WEBHOOK_UPDATE, trace.lastWebhookAt());
  }

  private Document conflict(Conflict conflict) {
    FieldName field = conflict.field();
    Document document =
        new Document(CONFLICT_FIELD, field.value())
            .append("revision", conflict.revision())
            .append("base", values.toBson(field, conflict.base()))
            .append("ours", values.toBson(field, conflict.ours()))
            .append("theirs", values.toBson(field, conflict.theirs()))
            .append("winner", StoredDocument.word(conflict.winner()))
            .append("noticedAt", conflict.noticedAt())
            .append(CONFLICT_STATE, StoredDocument.word(conflict.state()));
    if (conflict.status() instanceof Conflict.Status.Resolved(Origin by, Instant at)) {
      Document resolved = new Document("at", at);
      ProvenanceDocuments.writeOrigin(by, resolved);
      document.append(RESOLVED, resolved);
    }
    return document;
  }

  /** An update that makes a stored document this one, but for the parts that others own. */
  Document toUpdate(Document document) {
    Document set = new Document(document);
    set.remove(ID);
    Document unset = new Document();
    for (String field : fieldsOfOurs) {
      if (!set.containsKey(field)) {
        unset.append(field, "");
      }
    }
    return new Document("$set", set).append("$unset", unset);
  }

  /** Every field that may be there or not. */
  private static List<String> fieldsOfOurs(MirrorForm<?, ?, ?> form) {
    List<String> fields =
        new ArrayList<>(
            List.of(
                form.crmIdField(),
                FORMER_GHL_IDS,
                DELETED_AT,
                DELETED_IN_GHL,
                FLAGGED,
                CONFLICTS,
                CONFLICT_STATES,
                ORIGINS,
                LAST_SYNCED_AT,
                LAST_WEBHOOK_UPDATE,
                FieldsDocuments.OTHER_FIELDS));
    form.table().fields().forEach(field -> fields.add(field.key()));
    form.table().groups().forEach(group -> fields.add(group.name()));
    fields.addAll(form.ownParts());
    return fields;
  }

  /** What a document holds beside the record: parts of ours, and what others put there. */
  Bson notOfTheRecord() {
    List<String> ofTheRecord = new ArrayList<>(fieldsOfOurs);
    ofTheRecord.addAll(
        List.of(
            ID,
            TenantCollection.LOCATION_ID,
            LIVE,
            SYNC,
            TRACE,
            CREATED_BY_SYNC,
            CREATED_AT,
            UPDATED_AT,
            VERSION,
            WRITE_ID));
    return Projections.exclude(ofTheRecord);
  }

  public R toDomain(Document document) {
    StoredDocument stored = StoredDocument.of(form.kind(), document);
    return form.record(
        new MirrorState<>(
            form.ids().apply(id(document).toHexString()),
            new LocationId(stored.text(TenantCollection.LOCATION_ID)),
            link(stored),
            stored.texts(FORMER_GHL_IDS).stream().map(form.crmIds()).collect(Collectors.toSet()),
            presence(stored),
            fields.read(stored),
            sync.toDomain(stored.child(SYNC)),
            trace(stored.child(TRACE)),
            conflicts(stored.children(CONFLICTS)),
            stored.has(ORIGINS)
                ? ProvenanceDocuments.toDomain(stored.child(ORIGINS))
                : Provenance.NONE,
            stored.flag(CREATED_BY_SYNC),
            stored.instant(CREATED_AT),
            stored.instant(UPDATED_AT),
            stored.number(VERSION)),
        stored);
  }

  /** What {@link #toStanding} needs. */
  Bson standing() {
    return Projections.include(form.crmIdField(), LIVE, DELETED_AT, DELETED_IN_GHL, SYNC_STATE);
  }

  Standing<I, G> toStanding(Document document) {
    StoredDocument stored = StoredDocument.of(form.kind(), document);
    return new Standing<>(
        form.ids().apply(id(document).toHexString()),
        link(stored),
        presence(stored),
        stored.child(SYNC).word(SyncDocuments.STATE, SyncPhase.class));
  }

  private Link<G> link(StoredDocument stored) {
    return stored.has(form.crmIdField())
        ? new Link.Linked<>(form.crmIds().apply(stored.text(form.crmIdField())))
        : Link.none();
  }

  static ObjectId id(Document document) {
    if (document.get(ID) instanceof ObjectId id) {
      return id;
    }
    throw StoredDocument.of("record", document).malformed(ID, "is no ObjectId");
  }

  private static Presence presence(StoredDocument stored) {
    if (stored.flag(LIVE)) {
      return Presence.LIVE;
    }
    Instant at = stored.instant(DELETED_AT);
    return stored.flagOrFalse(DELETED_IN_GHL)
        ? new Presence.DeletedInCrm(at)
        : new Presence.DeletedHere(at);
  }

  private static CrmTrace trace(StoredDocument stored) {
    return new CrmTrace(
        stored.instantOrEpoch(READ_AT),
        stored.instantOrEpoch("lastPushAt"),
        stored.instantOrEpoch("lastWebhookAt"),
        stored.instantOrEpoch("lastHeardAt"),
        stored.instantOrEpoch("changedAt"),
        stored.instantOrEpoch("missedAt"),
        stored.instantOrEpoch("incompleteSince"));
  }

  /** Those of earlier versions have no revision; their places tell them apart as well. */
  private List<Conflict> conflicts(List<StoredDocument> stored) {
    List<Conflict> conflicts = new ArrayList<>();
    for (StoredDocument each : stored) {
      conflicts.add(conflict(each, each.numberIfAny("revision").orElse((long) conflicts.size())));
    }
    return conflicts;
  }

  private Conflict conflict(StoredDocument stored, long revision) {
    FieldName field = FieldName.of(stored.text(CONFLICT_FIELD));
    return new Conflict(
        field,
        revision,
        values.toDomain(field, stored, "base"),
        values.toDomain(field, stored, "ours"),
        values.toDomain(field, stored, "theirs"),
        stored.word("winner", Conflict.Side.class),
        stored.instant("noticedAt"),
        status(stored));
  }

  /** Those of earlier versions were all decided by the policy. */
  private static Conflict.Status status(StoredDocument stored) {
    return switch (stored.wordOr(ConflictQuery.State.DECIDED, CONFLICT_STATE)) {
      case OPEN -> Conflict.Status.OPEN;
      case DECIDED -> Conflict.Status.DECIDED;
      case RESOLVED -> {
        StoredDocument resolved = stored.child(RESOLVED);
        yield new Conflict.Status.Resolved(
            ProvenanceDocuments.origin(resolved), resolved.instant("at"));
      }
    };
  }
}
