package com.lpai.domain.contact;

import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Contacts in memory: keeps what the ports promise, for as long as the process lives. */
public final class InMemoryContacts implements ContactRepository, PendingContactPushes {
  private final TreeMap<String, Contact> byId = new TreeMap<>();
  private final String idPrefix = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  private final AtomicInteger idCount = new AtomicInteger();

  @Override
  public ContactId nextId() {
    return new ContactId(idPrefix + String.format(Locale.ROOT, "%08x", idCount.incrementAndGet()));
  }

  @Override
  public synchronized SaveOutcome save(LocationId locationId, Contact contact) {
    requireOwned(locationId, contact);
    if (!isUpToDate(contact)) {
      return new SaveOutcome.Stale();
    }
    Optional<GhlContactId> taken =
        contact.crmId().filter(crmId -> isLinkedElsewhere(contact, crmId));
    if (taken.isPresent()) {
      return new SaveOutcome.CrmIdTaken(taken.get());
    }
    Contact stored = contact.atVersion(contact.version() + 1);
    byId.put(stored.id().value(), stored);
    return new SaveOutcome.Saved(stored);
  }

  private static void requireOwned(LocationId locationId, Contact contact) {
    if (!contact.locationId().equals(locationId)) {
      throw new IllegalArgumentException(
          "contact " + contact.id() + " is not of location " + locationId);
    }
  }

  private boolean isUpToDate(Contact contact) {
    Contact stored = byId.get(contact.id().value());
    return stored == null
        ? contact.version() == 0
        : contact.version() == stored.version() && contact.locationId().equals(stored.locationId());
  }

  private boolean isLinkedElsewhere(Contact contact, GhlContactId crmId) {
    return of(contact.locationId())
        .filter(other -> !other.id().equals(contact.id()))
        .anyMatch(other -> isLinkedTo(other, crmId));
  }

  @Override
  public synchronized List<SaveOutcome> saveAll(LocationId locationId, List<Contact> contacts) {
    contacts.forEach(contact -> requireOwned(locationId, contact));
    return contacts.stream().map(contact -> save(locationId, contact)).toList();
  }

  @Override
  public synchronized Optional<Contact> find(LocationId locationId, ContactId id) {
    return Optional.ofNullable(byId.get(id.value()))
        .filter(contact -> contact.locationId().equals(locationId));
  }

  @Override
  public synchronized Optional<Contact> findByCrmId(LocationId locationId, GhlContactId crmId) {
    Optional<Contact> linked =
        of(locationId).filter(contact -> isLinkedTo(contact, crmId)).findFirst();
    return linked.isPresent()
        ? linked
        : of(locationId).filter(contact -> contact.formerIds().contains(crmId)).findFirst();
  }

  @Override
  public synchronized Map<GhlContactId, Contact> findByCrmIds(
      LocationId locationId, Collection<GhlContactId> crmIds) {
    Map<GhlContactId, Contact> found = new HashMap<>();
    for (GhlContactId crmId : crmIds) {
      findByCrmId(locationId, crmId).ifPresent(contact -> found.put(crmId, contact));
    }
    return found;
  }

  @Override
  public synchronized List<Contact> findUnlinked(
      LocationId locationId, Collection<String> emails, Collection<String> phones) {
    return of(locationId)
        .filter(Contact::isLive)
        .filter(contact -> contact.crmId().isEmpty())
        .filter(contact -> isOneOf(emails, contact.email()) || isOneOf(phones, contact.phone()))
        .toList();
  }

  private static boolean isOneOf(Collection<String> wanted, String value) {
    return !value.isEmpty() && wanted.contains(value);
  }

  @Override
  public synchronized List<Contact> findCreatesInFlight(LocationId locationId) {
    return of(locationId)
        .filter(
            contact ->
                contact.sync().push() instanceof Push.InFlight call
                    && call.kind() == Push.Kind.CREATE)
        .toList();
  }

  @Override
  public synchronized boolean remove(LocationId locationId, Contact contact) {
    Optional<Contact> stored =
        find(locationId, contact.id()).filter(kept -> kept.version() == contact.version());
    stored.ifPresent(kept -> byId.remove(kept.id().value()));
    return stored.isPresent();
  }

  @Override
  public synchronized Page<Contact> list(LocationId locationId, ContactQuery query) {
    List<Contact> found =
        byId.tailMap(query.cursor(), false).values().stream()
            .filter(contact -> contact.locationId().equals(locationId))
            .filter(Contact::isLive)
            .filter(contact -> isWanted(contact, query))
            .limit(query.limit() + 1L)
            .toList();
    if (found.size() <= query.limit()) {
      return new Page<>(found, "");
    }
    List<Contact> page = found.subList(0, query.limit());
    return new Page<>(page, page.getLast().id().value());
  }

  private static boolean isWanted(Contact contact, ContactQuery query) {
    return (query.email().isEmpty() || contact.email().equals(query.email()))
        && (query.phone().isEmpty() || contact.phone().equals(query.phone()))
        && (query.tag().isEmpty() || contact.tags().contains(query.tag()))
        && (query.phases().isEmpty() || query.phases().contains(contact.sync().phase()))
        && (query.search().isEmpty() || isFound(contact, query.search()));
  }

  private static boolean isFound(Contact contact, String search) {
    String wanted = search.toLowerCase(Locale.ROOT);
    return Stream.of(
            ContactField.FIRST_NAME, ContactField.LAST_NAME, ContactField.EMAIL, ContactField.PHONE)
        .map(field -> contact.fields().text(field.fieldName()).toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.startsWith(wanted));
  }

  @Override
  public synchronized SyncCounts counts(LocationId locationId) {
    return new SyncCounts(
        of(locationId).filter(Contact::isLive).count(),
        count(locationId, SyncPhase.SYNCED),
        count(locationId, SyncPhase.PENDING),
        count(locationId, SyncPhase.BLOCKED),
        count(locationId, SyncPhase.FAILED));
  }

  private long count(LocationId locationId, SyncPhase phase) {
    return of(locationId)
        .filter(Contact::isLive)
        .filter(contact -> contact.sync().phase() == phase)
        .count();
  }

  @Override
  public synchronized long countDue(LocationId locationId, Instant now) {
    return of(locationId).filter(contact -> isDue(contact, now)).count();
  }

  @Override
  public synchronized List<Due> due(Instant now, int limit) {
    return new ArrayList<>(byId.values())
        .stream()
            .filter(contact -> isDue(contact, now))
            .sorted(Comparator.comparing(contact -> contact.sync().nextAttemptAt()))
            .limit(limit)
            .map(
                contact ->
                    new Due(contact.locationId(), contact.id(), contact.sync().nextAttemptAt()))
            .toList();
  }

  private static boolean isDue(Contact contact, Instant now) {
    return switch (contact.sync().phase()) {
      case PENDING, BLOCKED -> !contact.sync().nextAttemptAt().isAfter(now);
      case SYNCED, FAILED -> false;
    };
  }

  private Stream<Contact> of(LocationId locationId) {
    return byId.values().stream().filter(contact -> contact.locationId().equals(locationId));
  }

  private static boolean isLinkedTo(Contact contact, GhlContactId crmId) {
    return contact.crmId().filter(crmId::equals).isPresent();
  }
}
