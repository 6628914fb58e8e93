package com.lpai.adapter.mongo.contact;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.BulkOutcome;
import com.lpai.adapter.mongo.failure.DuplicateKey;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.contact.SaveOutcome;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/** Contacts in the collection {@code contacts}, one document each, guarded by their version. */
public final class MongoContactRepository implements ContactRepository {
  private static final Pattern SPECIAL_SIGNS = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}#-]");
  private static final Bson BY_ID = Sorts.ascending(ContactDocuments.ID);
  private static final Bson IS_LIVE = Filters.eq(ContactDocuments.LIVE, true);
  private static final List<String> DUE_STATES =
      List.of(StoredDocument.word(SyncPhase.PENDING), StoredDocument.word(SyncPhase.BLOCKED));

  private final TenantCollection contacts;

  public MongoContactRepository(TenantCollection contacts) {
    this.contacts = contacts;
  }

  @Override
  public ContactId nextId() {
    return new ContactId(new ObjectId().toHexString());
  }

  // ---- writing

  /** One contact on its way to the database. */
  private record Writing(Contact contact, ObjectId id, ObjectId writeId) {
    Document document() {
      return ContactDocuments.toDocument(contact, id, contact.version() + 1, writeId);
    }

    Bson asItWasRead() {
      return Filters.and(
          Filters.eq(ContactDocuments.ID, id),
          Filters.eq(ContactDocuments.VERSION, contact.version()));
    }

    boolean isNew() {
      return contact.version() == 0;
    }

    SaveOutcome saved() {
      return new SaveOutcome.Saved(contact.atVersion(contact.version() + 1));
    }

    SaveOutcome refused(DuplicateKey key) {
      return key.concerns(ContactDocuments.GHL_CONTACT_ID) && contact.crmId().isPresent()
          ? new SaveOutcome.CrmIdTaken(contact.crmId().get())
          : new SaveOutcome.Stale();
    }
  }

  private static Writing writing(LocationId locationId, Contact contact) {
    if (!contact.locationId().equals(locationId)) {
      throw new IllegalArgumentException("contact belongs to another location");
    }
    ObjectId id =
        objectId(contact.id().value())
            .orElseThrow(() -> new IllegalArgumentException("contact id is not from nextId()"));
    return new Writing(contact, id, new ObjectId());
  }

  @Override
  public SaveOutcome save(LocationId locationId, Contact contact) {
    Writing writing = writing(locationId, contact);
    WriteOutcome outcome =
        writing.isNew()
            ? contacts.insert(locationId, writing.document())
            : contacts.replace(locationId, writing.asItWasRead(), writing.document());
    return switch (outcome) {
      case WriteOutcome.Refused(DuplicateKey key) -> writing.refused(key);
      case WriteOutcome.Written(long matched) ->
          matched > 0 ? writing.saved() : new SaveOutcome.Stale();
    };
  }

  @Override
  public List<SaveOutcome> saveAll(LocationId locationId, List<Contact> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    List<Writing> writings = all.stream().map(each -> writing(locationId, each)).toList();
    List<TenantWrite> writes = new ArrayList<>();
    for (Writing writing : writings) {
      writes.add(
          writing.isNew()
              ? new TenantWrite.Insert(writing.document())
              : new TenantWrite.Replace(writing.asItWasRead(), writing.document()));
    }
    BulkOutcome outcome = contacts.bulk(locationId, writes);
    long replaced = writings.stream().filter(writing -> !writing.isNew()).count();
    Set<ObjectId> confirmed =
        outcome.matched() == replaced ? Set.of() : confirmed(locationId, writings);
    List<SaveOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < writings.size(); i++) {
      Writing writing = writings.get(i);
      DuplicateKey refusal = outcome.refused().get(i);
      boolean stored =
          writing.isNew() || outcome.matched() == replaced || confirmed.contains(writing.writeId());
      if (refusal != null) {
        outcomes.add(writing.refused(refusal));
      } else {
        outcomes.add(stored ? writing.saved() : new SaveOutcome.Stale());
      }
    }
    return outcomes;
  }

  /**
   * A batch's answer does not tell which replacement matched; what is stored now does. One that was
   * stored and overwritten since counts as stale: its caller repeats the change on what is there.
   */
  private Set<ObjectId> confirmed(LocationId locationId, List<Writing> writings) {
    List<ObjectId> ids =
        writings.stream().filter(writing -> !writing.isNew()).map(Writing::id).toList();
    Set<ObjectId> writeIds = new HashSet<>();
    for (Document stored :
        contacts.find(
            locationId,
            Filters.in(ContactDocuments.ID, ids),
            Find.sortedBy(BY_ID).only(Projections.include(ContactDocuments.WRITE_ID)))) {
      Optional.ofNullable(stored.get(ContactDocuments.WRITE_ID, ObjectId.class))
          .ifPresent(writeIds::add);
    }
    return writeIds;
  }

  @Override
  public boolean remove(LocationId locationId, Contact contact) {
    return objectId(contact.id().value())
        .map(
            id ->
                contacts.delete(
                    locationId,
                    Filters.and(
                        Filters.eq(ContactDocuments.ID, id),
                        Filters.eq(ContactDocuments.VERSION, contact.version()))))
        .orElse(false);
  }

  // ---- reading

  @Override
  public Optional<Contact> find(LocationId locationId, ContactId id) {
    return objectId(id.value())
        .flatMap(given -> contacts.findOne(locationId, Filters.eq(ContactDocuments.ID, given)))
        .map(ContactDocuments::toDomain);
  }

  @Override
  public Optional<Contact> findByCrmId(LocationId locationId, GhlContactId crmId) {
    return Optional.ofNullable(findByCrmIds(locationId, List.of(crmId)).get(crmId));
  }

  @Override
  public Map<GhlContactId, Contact> findByCrmIds(
      LocationId locationId, Collection<GhlContactId> crmIds) {
    if (crmIds.isEmpty()) {
      return Map.of();
    }
    Set<GhlContactId> wanted = Set.copyOf(crmIds);
    Map<GhlContactId, Contact> found = new HashMap<>();
    for (Contact linked : findAny(locationId, ContactDocuments.GHL_CONTACT_ID, wanted)) {
      linked.crmId().ifPresent(crmId -> found.put(crmId, linked));
    }
    Set<GhlContactId> missing = new HashSet<>(wanted);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      for (Contact former : findAny(locationId, ContactDocuments.FORMER_GHL_IDS, missing)) {
        former.formerIds().stream()
            .filter(missing::contains)
            .forEach(crmId -> found.put(crmId, former));
      }
    }
    return found;
  }

  private List<Contact> findAny(LocationId locationId, String field, Set<GhlContactId> crmIds) {
    List<String> values = crmIds.stream().map(GhlContactId::value).toList();
    return read(locationId, Filters.in(field, values));
  }

  @Override
  public List<Contact> findUnlinked(
      LocationId locationId, Collection<String> emails, Collection<String> phones) {
    // Two queries rather than one with $or: each uses its own index on every server.
    Map<ContactId, Contact> found = new LinkedHashMap<>();
    Stream.of(
            findUnlinked(locationId, ContactDocuments.EMAIL, emails),
            findUnlinked(locationId, ContactDocuments.PHONE, phones))
        .flatMap(List::stream)
        .forEach(contact -> found.putIfAbsent(contact.id(), contact));
    return List.copyOf(found.values());
  }

  private List<Contact> findUnlinked(
      LocationId locationId, String field, Collection<String> values) {
    List<String> present = values.stream().filter(value -> !value.isEmpty()).toList();
    if (present.isEmpty()) {
      return List.of();
    }
    return read(
        locationId,
        Filters.and(
            Filters.in(field, present),
            IS_LIVE,
            Filters.exists(ContactDocuments.GHL_CONTACT_ID, false)));
  }

  @Override
  public List<Contact> findCreatesInFlight(LocationId locationId) {
    return read(
        locationId, Filters.eq(ContactDocuments.CALL_KIND, StoredDocument.word(Push.Kind.CREATE)));
  }

  private List<Contact> read(LocationId locationId, Bson filter) {
    return contacts.find(locationId, filter, Find.sortedBy(BY_ID)).stream()
        .map(ContactDocuments::toDomain)
        .toList();
  }

  @Override
  public Page<Contact> list(LocationId locationId, ContactQuery query) {
    List<Bson> filters = new ArrayList<>();
    filters.add(IS_LIVE);
    if (!query.cursor().isEmpty()) {
      ObjectId after =
          objectId(query.cursor())
              .orElseThrow(() -> new IllegalArgumentException("cursor is not from a page before"));
      filters.add(Filters.gt(ContactDocuments.ID, after));
    }
    addText(filters, ContactDocuments.EMAIL, query.email());
    addText(filters, ContactDocuments.PHONE, query.phone());
    addText(filters, ContactField.TAGS, query.tag());
    if (!query.search().isEmpty()) {
      String beginning = ContactDocuments.searchTerm(query.search());
      filters.add(Filters.regex(ContactDocuments.SEARCH_TERMS, "^" + literally(beginning)));
    }
    if (!query.phases().isEmpty()) {
      filters.add(
          Filters.in(
              ContactDocuments.SYNC_STATE,
              query.phases().stream().map(StoredDocument::word).toList()));
    }
    List<Contact> found =
        contacts
            .find(
                locationId, Filters.and(filters), Find.sortedBy(BY_ID).limitedTo(query.limit() + 1))
            .stream()
            .map(ContactDocuments::toDomain)
            .toList();
    if (found.size() <= query.limit()) {
      return new Page<>(found, "");
    }
    List<Contact> items = found.subList(0, query.limit());
    return new Page<>(items, items.getLast().id().value());
  }

  /** Each sign on its own rather than quoted as a whole: so every server sees the beginning. */
  private static String literally(String text) {
    return SPECIAL_SIGNS.matcher(text).replaceAll("\\\\$0").replace("\0", "\\x00");
  }

  private static void addText(List<Bson> filters, String field, String value) {
    if (!value.isEmpty()) {
      filters.add(Filters.eq(field, value));
    }
  }

  /** Few are not synced; each count is answered by the index alone, whatever their number. */
  @Override
  public SyncCounts counts(LocationId locationId) {
    long total = contacts.count(locationId, IS_LIVE);
    long pending = count(locationId, SyncPhase.PENDING);
    long blocked = count(locationId, SyncPhase.BLOCKED);
    long failed = count(locationId, SyncPhase.FAILED);
    long synced = Math.max(0, total - pending - blocked - failed);
    return new SyncCounts(total, synced, pending, blocked, failed);
  }

  private long count(LocationId locationId, SyncPhase phase) {
    return contacts.count(
        locationId,
        Filters.and(IS_LIVE, Filters.eq(ContactDocuments.SYNC_STATE, StoredDocument.word(phase))));
  }

  @Override
  public long countDue(LocationId locationId, Instant now) {
    return DUE_STATES.stream()
        .mapToLong(
            state ->
                contacts.count(
                    locationId,
                    Filters.and(
                        Filters.eq(ContactDocuments.SYNC_STATE, state),
                        Filters.lte(ContactDocuments.NEXT_ATTEMPT_AT, now))))
        .sum();
  }

  /** Our ids are ObjectIds in their one written form; any other text is nobody's id. */
  private static Optional<ObjectId> objectId(String value) {
    return ObjectId.isValid(value)
        ? Optional.of(new ObjectId(value)).filter(id -> id.toHexString().equals(value))
        : Optional.empty();
  }
}
