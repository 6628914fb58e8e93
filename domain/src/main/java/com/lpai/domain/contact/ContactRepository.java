package com.lpai.domain.contact;

import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where contacts are kept. Every method works within one location; one contact is stored as one
 * document in one atomic write, so that values and the intent to push them are never apart.
 *
 * <p>All methods throw {@link com.lpai.domain.sync.StorageUnavailableException} when the database
 * cannot be reached. A method that returned has its writes stored durably (majority, journaled).
 */
public interface ContactRepository {

  /** A new id, unique over all instances. */
  ContactId nextId();

  /**
   * Stores a contact when it is still at the version it was read at; version 0 stores a new one.
   * Atomic: of several writers with one version, exactly one gets {@link SaveOutcome.Saved}.
   *
   * @throws IllegalArgumentException for a contact of another location
   */
  SaveOutcome save(LocationId locationId, Contact contact);

  /**
   * Stores many contacts in few round trips, each as {@link #save} would.
   *
   * @return one outcome for each contact, in the same order
   */
  List<SaveOutcome> saveAll(LocationId locationId, List<Contact> contacts);

  /** The contact, tombstones included; empty for an id of another location. */
  Optional<Contact> find(LocationId locationId, ContactId id);

  /** The contact that is linked to this CRM record, or once was (tombstones). */
  Optional<Contact> findByCrmId(LocationId locationId, GhlContactId crmId);

  /** As {@link #findByCrmId} for a page of ids; ids without a contact are absent from the map. */
  Map<GhlContactId, Contact> findByCrmIds(LocationId locationId, Collection<GhlContactId> crmIds);

  /** Live contacts without a CRM record that have one of these e-mail addresses or phones. */
  List<Contact> findUnlinked(
      LocationId locationId, Collection<String> emails, Collection<String> phones);

  /** Contacts whose create is on its way or in doubt. */
  List<Contact> findCreatesInFlight(LocationId locationId);

  /** Removes the document when it is still at this version; false when it was not. */
  boolean remove(LocationId locationId, Contact contact);

  /** Live contacts in a stable order; a contact is on one page only. */
  Page<Contact> list(LocationId locationId, ContactQuery query);

  /** Counts live contacts by sync state. */
  SyncCounts counts(LocationId locationId);

  /** How many contacts of the location have a push due at or before this time. */
  long countDue(LocationId locationId, Instant now);
}
