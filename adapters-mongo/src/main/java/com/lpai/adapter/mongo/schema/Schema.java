package com.lpai.adapter.mongo.schema;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.DuplicateKey;
import com.lpai.adapter.mongo.failure.StorageFailures;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * All indexes, and the version of the schema they make up. Preparing is idempotent, and safe when
 * several instances do it at once. Every unique index of a tenant collection begins with the
 * location, so that it can be sharded by it (spec 5).
 */
public final class Schema {
  /** Grows with each change of the list below or of a stored form. */
  static final int VERSION = 9;

  // Building an index over existing data may take long; nothing else waits for it.
  private static final Duration LONGEST_BUILD = Duration.ofMinutes(10);
  private static final int INDEX_NOT_FOUND = 27;
  private static final String LOCATION_ID = "locationId";
  private static final String NEXT_ATTEMPT_AT = "sync.nextAttemptAt";
  private static final String CALL_KIND = "sync.inFlight.kind";

  /**
   * What every collection of records that both sides keep is asked for. What few records have is
   * indexed of those alone: each entry of an index is felt in every copy.
   */
  private static Stream<Index> ofRecords(String collection, String crmId) {
    return Stream.of(
        Index.uniqueWhere(crmId, collection, LOCATION_ID, crmId),
        Index.plainWhere("formerGhlIds", collection, LOCATION_ID, "formerGhlIds"),
        Index.plain(collection, LOCATION_ID, "live", "_id"),
        Index.plain(collection, LOCATION_ID, "live", "sync.state", "_id"),
        Index.plainWhere(NEXT_ATTEMPT_AT, collection, LOCATION_ID, "sync.state", NEXT_ATTEMPT_AT),
        Index.plainWhere(CALL_KIND, collection, LOCATION_ID, CALL_KIND, "_id"),
        Index.plainWhere("conflictStates", collection, LOCATION_ID, "conflictStates", "_id"),
        Index.plainWhere("conflictStates", collection, "conflictStates", LOCATION_ID, "_id"),
        Index.plainWhere(NEXT_ATTEMPT_AT, collection, "sync.state", NEXT_ATTEMPT_AT, "_id"));
  }

  private static Stream<Index> ofDirectory(String collection, String crmId) {
    return Stream.of(
        Index.unique(collection, LOCATION_ID, crmId),
        Index.plain(collection, LOCATION_ID, "name", crmId));
  }

  private static final List<Index> OWN =
      List.of(
          Index.plain(Collections.CONTACTS, LOCATION_ID, "live", "tags", "_id"),
          Index.plain(Collections.CONTACTS, LOCATION_ID, "live", "searchTerms", "_id"),
          Index.plain(Collections.PROJECTS, LOCATION_ID, "live", "pipelineId", "_id"),
          Index.plain(Collections.PROJECTS, LOCATION_ID, "live", "pipelineStageId", "_id"),
          Index.plain(Collections.PROJECTS, LOCATION_ID, "live", "status", "_id"),
          Index.plain(Collections.PROJECTS, LOCATION_ID, "live", "contactId", "_id"),
          Index.plain(Collections.PROJECTS, LOCATION_ID, "live", "searchTerms"),
          Index.plain(Collections.APPOINTMENTS, LOCATION_ID, "live", "start", "_id"),
          Index.plain(Collections.APPOINTMENTS, LOCATION_ID, "live", "contactId", "start", "_id"),
          Index.unique(Collections.CONVERSATIONS, LOCATION_ID, "ghlConversationId"),
          Index.plain(Collections.CONVERSATIONS, LOCATION_ID, "lastMessageAt", "ghlConversationId"),
          Index.unique(Collections.MESSAGES, LOCATION_ID, "ghlMessageId"),
          Index.plain(
              Collections.MESSAGES, LOCATION_ID, "ghlConversationId", "dateAdded", "ghlMessageId"),
          Index.plain(Collections.OUTGOING_MESSAGES, LOCATION_ID, "live", "contactId", "_id"),
          Index.plain(Collections.OUTGOING_MESSAGES, "sync.state", LOCATION_ID, "_id"),
          Index.unique(Collections.TERMS, LOCATION_ID),
          Index.unique(Collections.TEMPLATES, LOCATION_ID, "kind", "name"),
          Index.unique(Collections.LIBRARIES, LOCATION_ID, "category"),
          Index.unique(Collections.LOCATIONS, LOCATION_ID),
          Index.plain(Collections.LOCATIONS, "setup.underWay", LOCATION_ID),
          Index.unique(Collections.CONNECTIONS, LOCATION_ID),
          Index.plain(Collections.CONNECTIONS, "careAt", LOCATION_ID),
          Index.plain(Collections.CONNECTIONS, "state", LOCATION_ID),
          Index.plain(Collections.CONNECTIONS, "state", "careAt", LOCATION_ID),
          Index.plain(Collections.CONNECTIONS, "companyId", LOCATION_ID),
          Index.plain(Collections.COMPANIES, "connection.careAt", "_id"),
          Index.plain(Collections.COMPANIES, "connection.state", "connection.careAt", "_id"),
          Index.plain(Collections.COMPANIES, "discovery.notBefore", "_id"),
          Index.plain(Collections.COMPANIES, "approvedLocations"),
          Index.plain(Collections.ERASED_LOCATIONS, "sweepAt", "_id"),
          Index.plain(Collections.CALL_PERMITS, "kind", "changedAt"),
          Index.unique(Collections.CHECKPOINTS, LOCATION_ID, "step"),
          Index.plain(Collections.CHECKPOINTS, "step", "completeUpTo", LOCATION_ID),
          Index.unique(Collections.SETUP_PAGES, LOCATION_ID, "step"),
          Index.expiring(Duration.ofHours(1), Collections.SETUP_PAGES, "readAt"),
          Index.unique(Collections.RECONCILIATIONS, LOCATION_ID),
          Index.plain(Collections.RECONCILIATIONS, "careAt", LOCATION_ID),
          Index.unique(Collections.PROOF_PAGES, LOCATION_ID, "run", "kind", "page"),
          Index.unique(Collections.PROOF_DIFFERENCES, LOCATION_ID, "run", "id"),
          Index.plain(Collections.PROOF_DIFFERENCES, LOCATION_ID, "run", "kind", "stage", "id"),
          Index.unique(Collections.WEBHOOK_QUEUE, LOCATION_ID, "webhookId"),
          Index.plain(
              Collections.WEBHOOK_QUEUE, LOCATION_ID, "entityKey", "status", "receivedAt", "_id"),
          Index.plain(
              Collections.WEBHOOK_QUEUE, "status", LOCATION_ID, "bucket", "receivedAt", "_id"),
          Index.plain(Collections.WEBHOOK_QUEUE, LOCATION_ID, "_id"),
          Index.plain(Collections.WEBHOOK_QUEUE, "status", "processAfter", "_id"),
          Index.plainWhere("keptAs", Collections.WEBHOOK_QUEUE, LOCATION_ID, "keptAs", "_id"),
          Index.plain(Collections.WEBHOOK_LOGS, LOCATION_ID, "doneAt", "_id"),
          Index.plain(Collections.WEBHOOK_LOGS, LOCATION_ID, "type", "doneAt", "_id"),
          Index.plain(Collections.WEBHOOK_LOGS, LOCATION_ID, "status", "doneAt", "_id"),
          Index.expiring(Duration.ofDays(30), Collections.WEBHOOK_LOGS, "doneAt"),
          Index.unique(Collections.WEBHOOK_LANES, LOCATION_ID, "bucket"),
          Index.plain(Collections.WEBHOOK_LANES, "leaseUntil"),
          Index.unique(Collections.STREAM_TICKETS, LOCATION_ID, "ticket"),
          Index.plain(Collections.STREAM_TICKETS, LOCATION_ID, "expiresAt"),
          Index.expiring(Duration.ofHours(1), Collections.STREAM_TICKETS, "expiresAt"),
          Index.unique(Collections.IDEMPOTENCY_KEYS, LOCATION_ID, "key"),
          Index.plain(Collections.IDEMPOTENCY_KEYS, LOCATION_ID, "keptUntil"),
          Index.expiring(Duration.ofHours(1), Collections.IDEMPOTENCY_KEYS, "keptUntil"),
          Index.expiring(Duration.ofHours(1), Collections.OAUTH_STATES, "expiresAt"));

  static final List<Index> INDEXES =
      Stream.of(
              ofRecords(Collections.CONTACTS, "ghlContactId"),
              ofRecords(Collections.PROJECTS, "ghlOpportunityId"),
              ofRecords(Collections.APPOINTMENTS, "ghlAppointmentId"),
              ofRecords(Collections.OUTGOING_MESSAGES, "ghlMessageId"),
              ofDirectory(Collections.USERS, "ghlUserId"),
              ofDirectory(Collections.CALENDARS, "ghlCalendarId"),
              ofDirectory(Collections.PIPELINES, "ghlPipelineId"),
              ofDirectory(Collections.CUSTOM_FIELDS, "ghlCustomFieldId"),
              ofDirectory(Collections.CUSTOM_VALUES, "ghlCustomValueId"),
              OWN.stream())
          .flatMap(Function.identity())
          .toList();

  private static Stream<Index> formerlyOfRecords(String collection) {
    return Stream.of(
        Index.plain(collection, LOCATION_ID, "formerGhlIds"),
        Index.plain(collection, LOCATION_ID, "sync.state", NEXT_ATTEMPT_AT),
        Index.plain(collection, LOCATION_ID, CALL_KIND, "_id"),
        Index.plain(collection, "sync.state", NEXT_ATTEMPT_AT, "_id"));
  }

  /** Of earlier versions; the first would refuse to hold two lanes of a location. */
  static final List<Index> FORMER =
      Stream.of(
              Stream.of(
                  Index.unique(Collections.WEBHOOK_LANES, LOCATION_ID, "entityKey"),
                  Index.plain(
                      Collections.WEBHOOK_QUEUE,
                      LOCATION_ID,
                      "entityKey",
                      "open",
                      "receivedAt",
                      "_id"),
                  Index.plain(Collections.CONTACTS, LOCATION_ID, "live", "email", "_id"),
                  Index.plain(Collections.CONTACTS, LOCATION_ID, "live", "phone", "_id"),
                  Index.plain(Collections.CONTACTS, LOCATION_ID, "live", "searchTerms")),
              formerlyOfRecords(Collections.CONTACTS),
              formerlyOfRecords(Collections.PROJECTS),
              formerlyOfRecords(Collections.APPOINTMENTS),
              formerlyOfRecords(Collections.OUTGOING_MESSAGES))
          .flatMap(Function.identity())
          .toList();

  private static final Index KEY_NAMES =
      Index.uniqueWhere("keyAltNames", Collections.KEY_VAULT, "keyAltNames");

  private final MongoClient client;
  private final String database;
  private final MongoNamespace keys;

  /**
   * Prepares nothing yet.
   *
   * @param keys where the key vault is; it may be a database of its own
   */
  public Schema(MongoClient client, String database, MongoNamespace keys) {
    this.client = client;
    this.database = database;
    this.keys = keys;
  }

  /**
   * Makes every index that is missing.
   *
   * @throws SchemaConflictException when an index of another form stands in the way, or data does
   */
  public void prepare() {
    INDEXES.stream()
        .collect(Collectors.groupingBy(Index::collection))
        .forEach(
            (collection, indexes) -> prepare(new MongoNamespace(database, collection), indexes));
    prepare(keys, List.of(KEY_NAMES));
    noteVersion();
  }

  /** Asks once a collection: with a distant database each question is felt at every start. */
  private void prepare(MongoNamespace namespace, List<Index> indexes) {
    MongoCollection<Document> collection =
        client
            .getDatabase(namespace.getDatabaseName())
            .getCollection(namespace.getCollectionName())
            .withTimeout(LONGEST_BUILD.toMillis(), TimeUnit.MILLISECONDS);
    List<Document> present =
        StorageFailures.guarded(
            namespace.getFullName(), () -> collection.listIndexes().into(new ArrayList<>()));
    List<Document> former = present.stream().filter(listed -> isFormer(namespace, listed)).toList();
    former.forEach(listed -> drop(collection, namespace, listed.getString("name")));
    present.removeAll(former);
    for (Index index : indexes) {
      for (Document listed : present) {
        requireCompatible(namespace, index, listed);
      }
      if (present.stream().noneMatch(index::isSameAs)) {
        create(collection, namespace, index);
      }
    }
  }

  private static boolean isFormer(MongoNamespace namespace, Document listed) {
    return FORMER.stream()
        .anyMatch(
            index ->
                index.collection().equals(namespace.getCollectionName()) && index.isSameAs(listed));
  }

  /** Another instance may have been faster. */
  private static void drop(
      MongoCollection<Document> collection, MongoNamespace namespace, String name) {
    try {
      collection.dropIndex(name);
    } catch (MongoException e) {
      if (e.getCode() != INDEX_NOT_FOUND) {
        throw StorageFailures.translate("index on " + namespace.getFullName(), e);
      }
    }
  }

  private static void requireCompatible(MongoNamespace namespace, Index index, Document listed) {
    boolean inTheWay = index.name().equals(listed.getString("name")) || index.hasSameKeyAs(listed);
    if (inTheWay && !index.isSameAs(listed)) {
      throw new SchemaConflictException(
          "Collection "
              + namespace.getFullName()
              + " has an index '"
              + listed.getString("name")
              + "' that differs from the one this version needs on "
              + index.fields()
              + ". Drop it and start again: db."
              + namespace.getCollectionName()
              + ".dropIndex('"
              + listed.getString("name")
              + "')");
    }
  }

  private static void create(
      MongoCollection<Document> collection, MongoNamespace namespace, Index index) {
    try {
      collection.createIndex(index.key(), index.options());
    } catch (MongoException e) {
      if (DuplicateKey.causes(e)) {
        throw new SchemaConflictException(
            "Collection "
                + namespace.getFullName()
                + " holds documents that are equal in "
                + index.fields()
                + ", which must be unique. Remove or correct them and start again.",
            e);
      }
      throw StorageFailures.translate("index on " + namespace.getFullName(), e);
    }
  }

  /** An older instance that starts later must not take the version back. */
  private void noteVersion() {
    SharedCollection schema =
        new Collections(client.getDatabase(database)).shared(Collections.SCHEMA);
    schema.insert(new Document("_id", "indexes").append("version", VERSION));
    schema.update(Filters.eq("_id", "indexes"), Updates.max("version", VERSION));
  }

  /** The version that the database was prepared for last; 0 when it never was. */
  public long preparedVersion() {
    return new Collections(client.getDatabase(database))
        .shared(Collections.SCHEMA)
        .findOne(Filters.eq("_id", "indexes"))
        .map(found -> StoredDocument.of("schema", found).number("version"))
        .orElse(0L);
  }
}
