package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.MapKeys;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.sync.DirtyField;
import com.lpai.domain.sync.EarlierValues;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;

/** The {@code sync} sub-document: what is still to be told to the CRM (spec 6). */
final class SyncDocuments {
  /** States in which a push is still to be made, once its time has come. */
  static final List<String> DUE_STATES =
      List.of(StoredDocument.word(SyncPhase.PENDING), StoredDocument.word(SyncPhase.BLOCKED));

  static final String STATE = "state";
  static final String NEXT_ATTEMPT_AT = "nextAttemptAt";
  static final String IN_FLIGHT = "inFlight";
  static final String KIND = "kind";
  private static final String REVISION = "revision";
  private static final String DIRTY = "dirty";
  private static final String BASE = "base";
  private static final String HELD = "held";
  private static final String ATTEMPTS = "attempts";
  private static final String ERROR = "error";
  private static final String VALUES = "values";
  private static final String EARLIER = "earlier";
  private static final String VALUE = "value";
  private static final String STARTED_AT = "startedAt";
  private static final String LEASE_UNTIL = "leaseUntil";
  private static final String TOKEN = "token";

  private final FieldValueDocuments values;

  SyncDocuments(FieldValueDocuments values) {
    this.values = values;
  }

  Document toDocument(SyncState sync) {
    Document document =
        new Document(STATE, StoredDocument.word(sync.phase()))
            .append(REVISION, sync.revision())
            .append(DIRTY, dirty(sync.dirty()));
    if (sync.push() instanceof Push.InFlight call) {
      document.append(IN_FLIGHT, inFlight(call));
    }
    document.append(ATTEMPTS, sync.attempts());
    // An index holds those that have it: most records are synced.
    if (sync.phase() != SyncPhase.SYNCED) {
      document.append(NEXT_ATTEMPT_AT, sync.nextAttemptAt());
    }
    if (!sync.problem().isEmpty()) {
      document.append(ERROR, sync.problem());
    }
    return document;
  }

  private Document dirty(SortedMap<FieldName, DirtyField> dirty) {
    Document document = new Document();
    dirty.forEach(
        (name, field) ->
            document.append(
                MapKeys.encode(name.value()),
                held(
                    field,
                    new Document(REVISION, field.revision())
                        .append(BASE, values.toBson(name, field.base())))));
    return document;
  }

  private static Document held(DirtyField field, Document document) {
    return field.held() ? document.append(HELD, true) : document;
  }

  private Document inFlight(Push.InFlight call) {
    Document document =
        new Document(KIND, StoredDocument.word(call.kind()))
            .append(REVISION, call.revision())
            .append(VALUES, values.toDocument(call.values()));
    if (!call.earlier().equals(EarlierValues.NONE)) {
      document.append(EARLIER, earlier(call.earlier()));
    }
    return document
        .append(STARTED_AT, call.startedAt())
        .append(LEASE_UNTIL, call.leaseUntil())
        .append(TOKEN, call.token());
  }

  /** Each value in a document of its own: it is read as a field of one is. */
  private Document earlier(EarlierValues earlier) {
    Document document = new Document();
    earlier
        .values()
        .forEach(
            (name, sent) ->
                document.append(
                    MapKeys.encode(name.value()),
                    sent.stream()
                        .map(value -> new Document(VALUE, values.toBson(name, value)))
                        .toList()));
    return document;
  }

  SyncState toDomain(StoredDocument stored) {
    return new SyncState(
        stored.word(STATE, SyncPhase.class),
        stored.number(REVISION),
        toDirty(stored.child(DIRTY)),
        stored.has(IN_FLIGHT) ? toCall(stored.child(IN_FLIGHT)) : Push.IDLE,
        Math.toIntExact(stored.number(ATTEMPTS)),
        stored.instantOrEpoch(NEXT_ATTEMPT_AT),
        stored.textOrEmpty(ERROR));
  }

  private SortedMap<FieldName, DirtyField> toDirty(StoredDocument stored) {
    SortedMap<FieldName, DirtyField> dirty = new TreeMap<>();
    for (String key : stored.keys()) {
      FieldName name = FieldName.of(MapKeys.decode(key));
      StoredDocument field = stored.child(key);
      dirty.put(
          name,
          new DirtyField(
              field.number(REVISION), values.toDomain(name, field, BASE), field.flagOrFalse(HELD)));
    }
    return dirty;
  }

  private Push toCall(StoredDocument stored) {
    return new Push.InFlight(
        stored.word(KIND, Push.Kind.class),
        stored.number(REVISION),
        values.toChanges(stored.child(VALUES)),
        stored.has(EARLIER) ? toEarlier(stored.child(EARLIER)) : EarlierValues.NONE,
        stored.instant(STARTED_AT),
        stored.instant(LEASE_UNTIL),
        stored.text(TOKEN));
  }

  private EarlierValues toEarlier(StoredDocument stored) {
    SortedMap<FieldName, List<FieldValue>> earlier = new TreeMap<>();
    for (String key : stored.keys()) {
      FieldName name = FieldName.of(MapKeys.decode(key));
      earlier.put(
          name,
          stored.children(key).stream().map(sent -> values.toDomain(name, sent, VALUE)).toList());
    }
    return new EarlierValues(earlier);
  }
}
