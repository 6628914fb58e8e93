package com.lpai.domain.contact;

import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Contacts for tests, in the words of the domain: {@code aContact().withEmail("…").build()}. Says
 * what a stored contact looks like; how one comes to look like that is the business of {@link
 * Contact}.
 */
public final class ContactFixture {
  private ContactId id = new ContactId(UUID.randomUUID().toString().replace("-", "").substring(8));
  private LocationId locationId = TenantFixture.anyLocation();
  private ContactLink link = ContactLink.NONE;
  private final Set<GhlContactId> formerIds = new HashSet<>();
  private Presence presence = Presence.LIVE;
  private final TreeMap<FieldName, FieldValue> fields = new TreeMap<>();
  private SyncState sync = SyncState.SYNCED;
  private CrmTrace trace = CrmTrace.NONE;
  private final List<Conflict> conflicts = new ArrayList<>();
  private boolean createdBySync;
  private long version;

  private ContactFixture() {}

  /** A live contact without any value that the CRM does not have; nothing is to be pushed. */
  public static ContactFixture aContact() {
    return new ContactFixture();
  }

  /** A live contact that the CRM has under an id of its own; both sides agree. */
  public static ContactFixture linkedContact() {
    return aContact().linkedTo(anyGhlContactId());
  }

  public static GhlContactId anyGhlContactId() {
    return new GhlContactId("ghl-" + UUID.randomUUID());
  }

  public ContactFixture withId(ContactId changed) {
    id = changed;
    return this;
  }

  public ContactFixture in(LocationId changed) {
    locationId = changed;
    return this;
  }

  public ContactFixture linkedTo(GhlContactId crmId) {
    link = new ContactLink.Linked(crmId);
    return this;
  }

  /** Known to the CRM under this id once, and no longer. */
  public ContactFixture formerly(GhlContactId crmId) {
    formerIds.add(crmId);
    return this;
  }

  public ContactFixture withName(String first, String last) {
    return with(ContactField.FIRST_NAME, first).with(ContactField.LAST_NAME, last);
  }

  public ContactFixture withEmail(String email) {
    return with(ContactField.EMAIL, email);
  }

  public ContactFixture withPhone(String phone) {
    return with(ContactField.PHONE, phone);
  }

  public ContactFixture withTag(String tag) {
    return with(FieldName.element(ContactField.TAGS, tag), new FieldValue.Flag(true));
  }

  public ContactFixture with(ContactField field, String text) {
    return with(field.fieldName(), FieldValue.text(text));
  }

  public ContactFixture with(FieldName name, FieldValue value) {
    fields.put(name, value);
    return this;
  }

  public ContactFixture withSync(SyncState changed) {
    sync = changed;
    return this;
  }

  /** Something is to be told to the CRM from this time on. */
  public ContactFixture pendingSince(Instant dueAt) {
    return withSync(SyncState.SYNCED.touched(dueAt));
  }

  public ContactFixture withTrace(CrmTrace changed) {
    trace = changed;
    return this;
  }

  public ContactFixture withConflict(Conflict conflict) {
    conflicts.add(conflict);
    return this;
  }

  public ContactFixture deletedHere(Instant at) {
    presence = new Presence.DeletedHere(at);
    return this;
  }

  public ContactFixture deletedInCrm(Instant at) {
    presence = new Presence.DeletedInCrm(at);
    return this;
  }

  public ContactFixture createdBySync() {
    createdBySync = true;
    return this;
  }

  public ContactFixture atVersion(long changed) {
    version = changed;
    return this;
  }

  public Contact build() {
    return new Contact(
        id,
        locationId,
        link,
        formerIds,
        presence,
        new Fields(fields),
        sync,
        trace,
        conflicts,
        createdBySync,
        MutableInstantSource.START,
        MutableInstantSource.START,
        version);
  }
}
