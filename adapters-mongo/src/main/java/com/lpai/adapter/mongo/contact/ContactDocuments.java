package com.lpai.adapter.mongo.contact;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactLink;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.contact.Presence;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;

/** A contact as a document, and back. */
final class ContactDocuments {
  static final String ID = "_id";
  static final String GHL_CONTACT_ID = "ghlContactId";
  static final String FORMER_GHL_IDS = "formerGhlIds";
  static final String LIVE = "live";
  static final String SEARCH_TERMS = "searchTerms";
  static final String SYNC = "sync";
  static final String VERSION = "version";
  static final String WRITE_ID = "writeId";
  static final String EMAIL = ContactField.EMAIL.key();
  static final String PHONE = ContactField.PHONE.key();
  static final String SYNC_STATE = SYNC + "." + SyncDocuments.STATE;
  static final String NEXT_ATTEMPT_AT = SYNC + "." + SyncDocuments.NEXT_ATTEMPT_AT;
  static final String CALL_KIND = SYNC + "." + SyncDocuments.IN_FLIGHT + "." + SyncDocuments.KIND;
  private static final String DELETED_AT = "deletedAt";
  private static final String DELETED_IN_GHL = "deletedInGhl";
  private static final String FULL_NAME = "fullName";
  private static final String TRACE = "trace";
  private static final String CONFLICTS = "conflicts";
  private static final String CREATED_BY_SYNC = "createdBySync";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String LAST_SYNCED_AT = "lastSyncedAt";
  private static final String LAST_WEBHOOK_UPDATE = "lastWebhookUpdate";

  private ContactDocuments() {}

  /**
   * The contact as it is stored.
   *
   * @param version the version after the write
   * @param writeId tells this write from every other one, so that a batch can be checked
   */
  static Document toDocument(Contact contact, ObjectId id, long version, ObjectId writeId) {
    Document document = new Document(ID, id);
    contact.crmId().ifPresent(crmId -> document.append(GHL_CONTACT_ID, crmId.value()));
    if (!contact.formerIds().isEmpty()) {
      document.append(FORMER_GHL_IDS, texts(contact.formerIds()));
    }
    writePresence(contact.presence(), document);
    if (!contact.fullName().isEmpty()) {
      document.append(FULL_NAME, contact.fullName());
    }
    FieldsDocuments.write(contact.fields(), document);
    List<String> terms = searchTerms(contact);
    if (!terms.isEmpty()) {
      document.append(SEARCH_TERMS, terms);
    }
    document.append(SYNC, SyncDocuments.toDocument(contact.sync()));
    writeTrace(contact.trace(), document);
    if (!contact.conflicts().isEmpty()) {
      document.append(
          CONFLICTS, contact.conflicts().stream().map(ContactDocuments::conflict).toList());
    }
    return document
        .append(CREATED_BY_SYNC, contact.createdBySync())
        .append(CREATED_AT, contact.createdAt())
        .append(UPDATED_AT, contact.updatedAt())
        .append(VERSION, version)
        .append(WRITE_ID, writeId);
  }

  private static List<String> texts(Set<GhlContactId> ids) {
    return ids.stream().map(GhlContactId::value).sorted().toList();
  }

  /** Lower-case copies of what a person searches by; matched by their beginning. */
  private static List<String> searchTerms(Contact contact) {
    return Stream.of(
            contact.fields().text(ContactField.FIRST_NAME.fieldName()),
            contact.fields().text(ContactField.LAST_NAME.fieldName()),
            contact.email(),
            contact.phone())
        .filter(term -> !term.isEmpty())
        .map(ContactDocuments::searchTerm)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }

  static String searchTerm(String text) {
    return text.toLowerCase(Locale.ROOT);
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
    put(stored, "lastReadAt", trace.lastReadAt());
    put(stored, "lastPushAt", trace.lastPushAt());
    put(stored, "lastWebhookAt", trace.lastWebhookAt());
    put(stored, "changedAt", trace.changedAt());
    document.append(TRACE, stored);
    boolean readLast = trace.lastReadAt().isAfter(trace.lastPushAt());
    put(document, LAST_SYNCED_AT, readLast ? trace.lastReadAt() : trace.lastPushAt());
    put(document, LAST_WEBHOOK_UPDATE, trace.lastWebhookAt());
  }

  private static void put(Document document, String field, Instant at) {
    if (!at.equals(Instant.EPOCH)) {
      document.append(field, at);
    }
  }

  private static Document conflict(Conflict conflict) {
    FieldName field = conflict.field();
    return new Document("field", field.value())
        .append("base", FieldValueDocuments.toBson(field, conflict.base()))
        .append("ours", FieldValueDocuments.toBson(field, conflict.ours()))
        .append("theirs", FieldValueDocuments.toBson(field, conflict.theirs()))
        .append("winner", StoredDocument.word(conflict.winner()))
        .append("noticedAt", conflict.noticedAt());
  }

  static Contact toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("contact", document);
    return new Contact(
        new ContactId(id(document).toHexString()),
        new LocationId(stored.text(TenantCollection.LOCATION_ID)),
        stored.has(GHL_CONTACT_ID)
            ? new ContactLink.Linked(new GhlContactId(stored.text(GHL_CONTACT_ID)))
            : ContactLink.NONE,
        stored.texts(FORMER_GHL_IDS).stream().map(GhlContactId::new).collect(Collectors.toSet()),
        presence(stored),
        FieldsDocuments.read(stored),
        SyncDocuments.toDomain(stored.child(SYNC)),
        trace(stored.child(TRACE)),
        stored.children(CONFLICTS).stream().map(ContactDocuments::conflict).toList(),
        stored.flag(CREATED_BY_SYNC),
        stored.instant(CREATED_AT),
        stored.instant(UPDATED_AT),
        stored.number(VERSION));
  }

  static ObjectId id(Document document) {
    if (document.get(ID) instanceof ObjectId id) {
      return id;
    }
    throw StoredDocument.of("contact", document).malformed(ID, "is no ObjectId");
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
        stored.instantOrEpoch("lastReadAt"),
        stored.instantOrEpoch("lastPushAt"),
        stored.instantOrEpoch("lastWebhookAt"),
        stored.instantOrEpoch("changedAt"));
  }

  private static Conflict conflict(StoredDocument stored) {
    FieldName field = FieldName.of(stored.text("field"));
    return new Conflict(
        field,
        FieldValueDocuments.toDomain(field, stored, "base"),
        FieldValueDocuments.toDomain(field, stored, "ours"),
        FieldValueDocuments.toDomain(field, stored, "theirs"),
        stored.word("winner", Conflict.Side.class),
        stored.instant("noticedAt"));
  }
}
