package com.lpai.adapter.mongo.project;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.mirror.FieldValueDocuments;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.project.PartEntries;
import com.lpai.domain.project.PartEntry;
import com.lpai.domain.project.PartEntryId;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.project.ProjectParts;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.CrmIds;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Parts of projects, as arrays in the documents of the collection {@code projects}. */
public final class MongoProjectParts implements ProjectParts {
  private static final String ID = "_id";
  private static final String ENTRY_ID = "id";
  private static final String BY = "createdBy";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String VERSION = "version";
  private static final Bson IS_LIVE = Filters.eq("live", true);

  private final TenantCollection projects;

  public MongoProjectParts(TenantCollection projects) {
    this.projects = projects;
  }

  @Override
  public PartEntryId nextId(LocationId locationId) {
    return new PartEntryId(new ObjectId().toHexString());
  }

  @Override
  public Optional<PartEntries> list(LocationId locationId, ProjectId projectId, ProjectPart part) {
    Find entriesOnly =
        Find.sortedBy(Sorts.ascending(ID)).limitedTo(1).only(Projections.include(part.key()));
    return is(projectId)
        .flatMap(project -> projects.find(locationId, project, entriesOnly).stream().findFirst())
        .map(document -> entries(document, part));
  }

  /**
   * One that others put there in a shape of their own hides no other; of several with one id nobody
   * knows which is meant.
   */
  private static PartEntries entries(Document document, ProjectPart part) {
    List<PartEntry> entries = new ArrayList<>();
    int unreadable = 0;
    if (document.get(part.key()) instanceof List<?> list) {
      Set<Object> repeated = repeatedIds(list);
      for (Object element : list) {
        Optional<PartEntry> entry =
            entry(part, element).filter(known -> !repeated.contains(known.id().value()));
        entry.ifPresent(entries::add);
        unreadable += entry.isPresent() ? 0 : 1;
      }
    }
    return new PartEntries(entries, unreadable);
  }

  private static Set<Object> repeatedIds(List<?> elements) {
    Set<Object> ids = new HashSet<>();
    return elements.stream()
        .filter(Document.class::isInstance)
        .map(element -> ((Document) element).get(ENTRY_ID))
        .filter(id -> !ids.add(id))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Optional<PartEntry> entry(ProjectPart part, Object element) {
    boolean hasId =
        element instanceof Document entry
            && entry.get(ENTRY_ID) instanceof String id
            && CrmIds.isOpaque(id)
            && isVersion(entry.get(VERSION));
    try {
      return hasId ? Optional.of(toDomain(part, (Document) element)) : Optional.empty();
    } catch (UnreadableRecordException anotherShape) {
      return Optional.empty();
    }
  }

  @Override
  public Added add(LocationId locationId, ProjectId projectId, ProjectPart part, PartEntry entry) {
    Optional<Bson> project = is(projectId);
    if (project.isEmpty()) {
      return Added.NO_PROJECT;
    }
    Bson hasRoom =
        Filters.and(
            project.get(),
            Filters.ne(part.key() + "." + ENTRY_ID, entry.id().value()),
            Filters.exists(part.key() + "." + (part.most() - 1), false));
    if (isMatched(
        projects.update(locationId, hasRoom, Updates.push(part.key(), toDocument(part, entry))))) {
      return Added.STORED;
    }
    return list(locationId, projectId, part)
        .map(
            present ->
                present.items().stream().anyMatch(other -> other.id().equals(entry.id()))
                    ? Added.THERE_ALREADY
                    : Added.FULL)
        .orElse(Added.NO_PROJECT);
  }

  @Override
  public boolean replace(
      LocationId locationId, ProjectId projectId, ProjectPart part, long version, PartEntry entry) {
    return isHere(projectId, part, entry.id(), version)
        .map(here -> projects.update(locationId, here, changes(part, entry)))
        .filter(MongoProjectParts::isMatched)
        .isPresent();
  }

  @Override
  public boolean remove(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      PartEntryId entry,
      long version) {
    // Which version it is at, the same write makes sure of.
    Bson gone = new Document(ENTRY_ID, entry.value());
    return isHere(projectId, part, entry, version)
        .map(here -> projects.update(locationId, here, Updates.pull(part.key(), gone)))
        .filter(MongoProjectParts::isMatched)
        .isPresent();
  }

  private static boolean isMatched(WriteOutcome outcome) {
    return outcome instanceof WriteOutcome.Written(long matched) && matched > 0;
  }

  private static Optional<Bson> isHere(
      ProjectId projectId, ProjectPart part, PartEntryId entry, long version) {
    return is(projectId)
        .map(
            project ->
                Filters.and(
                    project,
                    Filters.elemMatch(
                        part.key(),
                        Filters.and(Filters.eq(ENTRY_ID, entry.value()), isAt(version)))));
  }

  /** One that others put there has no version, or null. */
  private static Bson isAt(long version) {
    return version == 0
        ? Filters.or(Filters.eq(VERSION, 0), Filters.eq(VERSION, null))
        : Filters.eq(VERSION, version);
  }

  private static boolean isVersion(@Nullable Object stored) {
    return stored == null || stored instanceof Integer || stored instanceof Long;
  }

  /** Field by field: what others keep in the entry stays. */
  private static Bson changes(ProjectPart part, PartEntry entry) {
    Document after = toDocument(part, entry);
    List<Bson> changes = new ArrayList<>();
    for (MirroredField field : part.table().fields()) {
      String path = part.key() + ".$." + field.key();
      changes.add(
          after.containsKey(field.key())
              ? Updates.set(path, after.get(field.key()))
              : Updates.unset(path));
    }
    changes.add(Updates.set(part.key() + ".$." + UPDATED_AT, entry.updatedAt()));
    changes.add(Updates.set(part.key() + ".$." + VERSION, entry.version()));
    return Updates.combine(changes);
  }

  /** Our ids are ObjectIds in their one written form; any other text is nobody's id. */
  private static Optional<Bson> is(ProjectId projectId) {
    String value = projectId.value();
    return ObjectId.isValid(value) && new ObjectId(value).toHexString().equals(value)
        ? Optional.of(Filters.and(Filters.eq(ID, new ObjectId(value)), IS_LIVE))
        : Optional.empty();
  }

  private static Document toDocument(ProjectPart part, PartEntry entry) {
    FieldValueDocuments values = new FieldValueDocuments(part.table());
    Document document = new Document(ENTRY_ID, entry.id().value());
    entry
        .fields()
        .values()
        .forEach((name, value) -> document.append(name.value(), values.toBson(name, value)));
    return document
        .append(BY, entry.by())
        .append(CREATED_AT, entry.createdAt())
        .append(UPDATED_AT, entry.updatedAt())
        .append(VERSION, entry.version());
  }

  private static PartEntry toDomain(ProjectPart part, Document document) {
    StoredDocument stored =
        StoredDocument.named(part.noun() + " " + document.get(ENTRY_ID), document);
    FieldValueDocuments values = new FieldValueDocuments(part.table());
    TreeMap<FieldName, FieldValue> fields = new TreeMap<>();
    for (MirroredField field : part.table().fields()) {
      fields.put(field.fieldName(), values.toDomain(field.fieldName(), stored, field.key()));
    }
    return new PartEntry(
        new PartEntryId(stored.text(ENTRY_ID)),
        new Fields(fields),
        stored.textOrEmpty(BY),
        stored.instantOrEpoch(CREATED_AT),
        stored.instantOrEpoch(UPDATED_AT),
        stored.numberOrZero(VERSION));
  }
}
