package com.lpai.domain.contact;

import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.Merge;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A contact as we hold it, with everything that is still to be told to the CRM. Immutable: each
 * method answers the contact after a change, and the repository stores it only when nobody else
 * changed it meanwhile.
 *
 * @param formerIds ids under which the CRM had it once
 * @param version counts stored changes; 0 before the first
 * @param createdBySync true when the CRM had it first
 * @param conflicts the latest fields that both sides had changed, newest last
 */
public record Contact(
    ContactId id,
    LocationId locationId,
    ContactLink link,
    Set<GhlContactId> formerIds,
    Presence presence,
    Fields fields,
    SyncState sync,
    CrmTrace trace,
    List<Conflict> conflicts,
    boolean createdBySync,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  private static final int KEPT_CONFLICTS = 50;

  public Contact {
    formerIds = Set.copyOf(formerIds);
    conflicts = List.copyOf(conflicts);
  }

  /** A contact that a user made here; it is pushed as soon as it is stored. */
  public static Contact createdHere(
      ContactId id, LocationId locationId, FieldChanges values, Instant now) {
    return new Contact(
        id,
        locationId,
        ContactLink.NONE,
        Set.of(),
        Presence.LIVE,
        Fields.NONE.apply(values),
        SyncState.SYNCED.edited(Fields.NONE.differing(values), Fields.NONE, now).touched(now),
        CrmTrace.NONE,
        List.of(),
        false,
        now,
        now,
        0);
  }

  /** A contact that the CRM had first, before anything of it is merged in. */
  public static Contact foundInCrm(
      ContactId id, LocationId locationId, GhlContactId crmId, Instant now) {
    return new Contact(
        id,
        locationId,
        new ContactLink.Linked(crmId),
        Set.of(),
        Presence.LIVE,
        Fields.NONE,
        SyncState.SYNCED,
        CrmTrace.NONE,
        List.of(),
        true,
        now,
        now,
        0);
  }

  public boolean isLive() {
    return presence instanceof Presence.Live;
  }

  public Optional<GhlContactId> crmId() {
    return link instanceof ContactLink.Linked(GhlContactId crmId)
        ? Optional.of(crmId)
        : Optional.empty();
  }

  /** True when the CRM has it under another id than this one, under which it was known once. */
  public boolean isLinkedElsewhere(GhlContactId formerId) {
    return crmId().filter(present -> !present.equals(formerId)).isPresent();
  }

  public String email() {
    return fields.text(ContactField.EMAIL.fieldName());
  }

  public String phone() {
    return fields.text(ContactField.PHONE.fieldName());
  }

  /** First and last name as far as they are known; empty when neither is. */
  public String fullName() {
    return (fields.text(ContactField.FIRST_NAME.fieldName())
            + " "
            + fields.text(ContactField.LAST_NAME.fieldName()))
        .strip();
  }

  /** The contact's tags in alphabetical order. */
  public Set<String> tags() {
    Set<String> tags = new TreeSet<>();
    for (FieldName name : fields.values().keySet()) {
      if (name.isIn(ContactField.TAGS)) {
        tags.add(name.element());
      }
    }
    return tags;
  }

  // ---- changes made here

  /** The contact after a local edit; the same object when the edit changes nothing. */
  public Contact edited(FieldChanges changes, Instant now) {
    FieldChanges real = fields.differing(changes);
    if (real.isEmpty()) {
      return this;
    }
    Contact after =
        toBuilder()
            .fields(fields.apply(real))
            .sync(sync.edited(real, fields, now))
            .updatedAt(now)
            .build();
    // A contact that the CRM does not have yet is to be created even when no value is left.
    boolean forgotten =
        after.sync.phase() == SyncPhase.SYNCED
            && !(after.nextPush() instanceof ContactPush.Nothing);
    return forgotten ? after.withSync(after.sync.touched(now)) : after;
  }

  /** The contact after it was deleted here: a tombstone until the CRM has confirmed. */
  public Contact deletedHere(Instant now) {
    boolean knownThere = link instanceof ContactLink.Linked || sync.hasCallInFlight();
    return toBuilder()
        .presence(new Presence.DeletedHere(now))
        .sync(knownThere ? sync.touched(now) : sync.closed())
        .updatedAt(now)
        .build();
  }

  /** The contact after somebody asked to push it again now. */
  public Contact retried(Instant now) {
    return withSync(sync.retried(now));
  }

  // ---- pushing

  /** The next call this contact needs. */
  public ContactPush nextPush() {
    if (sync.push() instanceof Push.InFlight inFlight
        && inFlight.kind() == Push.Kind.CREATE
        && link instanceof ContactLink.Unlinked) {
      return new ContactPush.LookUp(inFlight.values());
    }
    return switch (link) {
      case ContactLink.Unlinked unlinked ->
          isLive() && sync.revision() > 0
              ? new ContactPush.Create(fields.asChanges())
              : new ContactPush.Nothing();
      case ContactLink.Linked(GhlContactId crmId) -> nextPushTo(crmId);
    };
  }

  private ContactPush nextPushTo(GhlContactId crmId) {
    switch (presence) {
      case Presence.DeletedHere deleted -> {
        return new ContactPush.Delete(crmId);
      }
      case Presence.DeletedInCrm gone -> {
        return new ContactPush.Nothing();
      }
      case Presence.Live live -> {}
    }
    FieldChanges values = dirtyValues(Contact::isSentByUpdates);
    if (!values.isEmpty()) {
      return new ContactPush.Update(crmId, values);
    }
    FieldChanges tags = dirtyValues(name -> name.isIn(ContactField.TAGS));
    return tags.isEmpty() ? new ContactPush.Nothing() : new ContactPush.Retag(crmId, tags);
  }

  /** Tags have calls of their own; some fields the CRM takes on create only. */
  private static boolean isSentByUpdates(FieldName name) {
    return !name.isIn(ContactField.TAGS)
        && ContactField.named(name.value())
            .filter(field -> field.access() == ContactField.Access.CREATE_ONLY)
            .isEmpty();
  }

  private FieldChanges dirtyValues(Predicate<FieldName> chosen) {
    FieldChanges values = FieldChanges.NONE;
    for (FieldName name : sync.dirty().keySet()) {
      if (chosen.test(name)) {
        values = values.with(name, fields.get(name));
      }
    }
    return values;
  }

  /** The contact with the intent of a call, to be stored before the call is made. */
  public Contact pushStarted(Push.InFlight call) {
    return withSync(sync.started(call));
  }

  /** The contact after the CRM accepted a create or an update under this id. */
  public Contact pushSucceeded(Push.InFlight call, GhlContactId crmId, Instant now) {
    SyncState after = sync.succeeded(call, now);
    boolean deletedMeanwhile = presence instanceof Presence.DeletedHere;
    return toBuilder()
        .link(new ContactLink.Linked(crmId))
        .sync(deletedMeanwhile ? after.touched(now) : after)
        .trace(trace.pushed(now))
        .build();
  }

  /** The contact after the CRM confirmed that it is deleted there. */
  public Contact deletionConfirmed(Instant now) {
    return unlinked().sync(sync.closed()).trace(trace.pushed(now)).build();
  }

  /** The contact with another sync state; its values stay. */
  public Contact withSync(SyncState changed) {
    return toBuilder().sync(changed).build();
  }

  /** The contact linked to a record that the CRM turned out to have already. */
  public Contact adopted(GhlContactId crmId, Instant now) {
    return toBuilder().link(new ContactLink.Linked(crmId)).sync(sync.adopted(now)).build();
  }

  // ---- changes that come in

  /**
   * The contact after what the CRM said was merged in. It is the same object when that told nothing
   * new: an echo leaves no trace on the document (spec 6).
   *
   * @param said normalised
   * @param traceAfter what is remembered of this source, when something changed
   */
  public Contact merged(CrmContact said, CrmTrace traceAfter, ConflictPolicy policy, Instant now) {
    FieldChanges theirs = completed(said);
    Merge.Result result = Merge.merge(fields, sync, theirs, policy, now);
    boolean linked = crmId().filter(said.id()::equals).isPresent();
    boolean sameContent = result.fields().equals(fields) && result.sync().equals(sync);
    if (linked && isLive() && sameContent && version > 0) {
      return this;
    }
    List<Conflict> kept = new ArrayList<>(conflicts);
    kept.addAll(result.conflicts());
    return toBuilder()
        .link(new ContactLink.Linked(said.id()))
        .fields(result.fields())
        .sync(result.sync())
        .trace(traceAfter)
        .conflicts(kept.subList(Math.max(0, kept.size() - KEPT_CONFLICTS), kept.size()))
        .updatedAt(result.fields().equals(fields) && version > 0 ? updatedAt : now)
        .build();
  }

  /** What was said, with what is gone there: all elements of a listed group that we know of. */
  private FieldChanges completed(CrmContact said) {
    return fields.complete(said.fields(), said.completeGroups(), sync.dirty().keySet());
  }

  /** True when every field that was said is what we hold or have sent: an echo of our own push. */
  public boolean isEcho(CrmContact said) {
    FieldChanges theirs = completed(said);
    return theirs.values().entrySet().stream()
        .allMatch(
            field ->
                field.getValue().equals(fields.get(field.getKey()))
                    || (sync.push() instanceof Push.InFlight call
                        && call.values()
                            .get(field.getKey())
                            .filter(field.getValue()::equals)
                            .isPresent()));
  }

  /** True when we hold a value for a field that an event leaves out; absence proves nothing. */
  public boolean holdsMoreThan(CrmContact said) {
    for (ContactField field : ContactField.values()) {
      if (!said.fields().mentions(field.fieldName())
          && !fields.get(field.fieldName()).isCleared()
          && field.isInEvents()) {
        return true;
      }
    }
    return false;
  }

  /** The contact after the CRM deleted it: kept, hidden, no longer matched or pushed. */
  public Contact deletedInCrm(CrmTrace traceAfter, Instant now) {
    if (!isLive()) {
      return unlinked().sync(sync.closed()).trace(traceAfter).build();
    }
    return unlinked()
        .presence(new Presence.DeletedInCrm(now))
        .sync(sync.closed())
        .trace(traceAfter)
        .updatedAt(now)
        .build();
  }

  /** The contact after a read proved that the CRM has it again. */
  public Contact revived(Instant now) {
    return presence instanceof Presence.DeletedInCrm
        ? toBuilder().presence(Presence.LIVE).updatedAt(now).build()
        : this;
  }

  /** The contact after the CRM turned out to have it no longer, although it was edited here. */
  public Contact orphaned(String why) {
    return unlinked().sync(sync.withoutCall().failed(why)).build();
  }

  public Contact withTrace(CrmTrace changed) {
    return toBuilder().trace(changed).build();
  }

  /** The contact as it is stored under this version. */
  public Contact atVersion(long stored) {
    return toBuilder().version(stored).build();
  }

  private Builder unlinked() {
    Set<GhlContactId> former = new HashSet<>(formerIds);
    crmId().ifPresent(former::add);
    return toBuilder().link(ContactLink.NONE).formerIds(former);
  }

  private Builder toBuilder() {
    return new Builder(this);
  }

  /** Copies a contact with some parts changed. */
  private static final class Builder {
    private final Contact from;
    private ContactLink link;
    private Set<GhlContactId> formerIds;
    private Presence presence;
    private Fields fields;
    private SyncState sync;
    private CrmTrace trace;
    private List<Conflict> conflicts;
    private Instant updatedAt;
    private long version;

    private Builder(Contact from) {
      this.from = from;
      link = from.link;
      formerIds = from.formerIds;
      presence = from.presence;
      fields = from.fields;
      sync = from.sync;
      trace = from.trace;
      conflicts = from.conflicts;
      updatedAt = from.updatedAt;
      version = from.version;
    }

    private Builder link(ContactLink changed) {
      link = changed;
      return this;
    }

    private Builder formerIds(Set<GhlContactId> changed) {
      formerIds = changed;
      return this;
    }

    private Builder presence(Presence changed) {
      presence = changed;
      return this;
    }

    private Builder fields(Fields changed) {
      fields = changed;
      return this;
    }

    private Builder sync(SyncState changed) {
      sync = changed;
      return this;
    }

    private Builder trace(CrmTrace changed) {
      trace = changed;
      return this;
    }

    private Builder conflicts(List<Conflict> changed) {
      conflicts = changed;
      return this;
    }

    private Builder updatedAt(Instant changed) {
      updatedAt = changed;
      return this;
    }

    private Builder version(long changed) {
      version = changed;
      return this;
    }

    private Contact build() {
      return new Contact(
          from.id,
          from.locationId,
          link,
          formerIds,
          presence,
          fields,
          sync,
          trace,
          conflicts,
          from.createdBySync,
          from.createdAt,
          updatedAt,
          version);
    }
  }
}
