package com.lpai.application.push;

import com.lpai.application.work.Instance;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RetryDecision;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.NextPush;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Each call is written down before it is made ({@link Push.InFlight}) and settled after it. A crash
 * between the two leaves a call in flight whose lease runs out: an update or a deletion is
 * repeated, a create is looked up first.
 */
final class PushContactsService implements PushContactsUseCase {
  private final ContactRepository contacts;
  private final PendingPushes<ContactId> pending;
  private final CrmContacts crm;
  private final RetryPolicy policy;
  private final Duration callLease;
  private final Instance instance;

  PushContactsService(
      ContactRepository contacts,
      PendingPushes<ContactId> pending,
      CrmContacts crm,
      RetryPolicy policy,
      Duration callLease,
      Instance instance) {
    this.contacts = contacts;
    this.pending = pending;
    this.crm = crm;
    this.policy = policy;
    this.callLease = callLease;
    this.instance = instance;
  }

  @Override
  public List<PendingPushes.Due<ContactId>> due(int limit) {
    return pending.due(instance.time().instant(), limit);
  }

  @Override
  public void push(LocationId locationId, ContactId id) {
    while (pushOnce(locationId, id)) {
      // One call at a time: what was edited during a call is told by the next.
    }
  }

  /** Makes the next call; false when nothing is due. */
  private boolean pushOnce(LocationId locationId, ContactId id) {
    Optional<Contact> found = contacts.find(locationId, id).filter(this::isDue);
    if (found.isEmpty()) {
      return false;
    }
    Contact contact = found.get();
    return switch (contact.nextPush()) {
      case NextPush.Nothing<GhlContactId> nothing -> close(contact);
      case NextPush.Create<GhlContactId>(FieldChanges values) ->
          call(contact, Push.Kind.CREATE, values, () -> crm.create(locationId, values));
      case NextPush.Update<GhlContactId>(GhlContactId crmId, FieldChanges values) ->
          call(contact, Push.Kind.UPDATE, values, () -> crm.update(locationId, crmId, values));
      case NextPush.Regroup<GhlContactId>(GhlContactId crmId, FieldChanges tags) ->
          retag(contact, crmId, tags);
      case NextPush.Delete<GhlContactId>(GhlContactId crmId) ->
          call(contact, Push.Kind.DELETE, FieldChanges.NONE, () -> crm.delete(locationId, crmId));
      case NextPush.LookUp<GhlContactId>(FieldChanges values) -> lookUp(contact, values);
    };
  }

  private boolean isDue(Contact contact) {
    SyncPhase phase = contact.sync().phase();
    return (phase == SyncPhase.PENDING || phase == SyncPhase.BLOCKED)
        && !contact.sync().nextAttemptAt().isAfter(instance.time().instant());
  }

  private boolean close(Contact contact) {
    contacts.save(contact.locationId(), contact.withSync(contact.sync().closed()));
    return true;
  }

  private boolean retag(Contact contact, GhlContactId crmId, FieldChanges tags) {
    FieldChanges added = tags.only(name -> !contact.fields().get(name).isCleared());
    LocationId locationId = contact.locationId();
    if (added.isEmpty()) {
      return call(
          contact, Push.Kind.UPDATE, tags, () -> crm.removeTags(locationId, crmId, elements(tags)));
    }
    return call(
        contact, Push.Kind.UPDATE, added, () -> crm.addTags(locationId, crmId, elements(added)));
  }

  private static List<String> elements(FieldChanges tags) {
    return tags.values().keySet().stream().map(FieldName::element).toList();
  }

  // ---- one call: intent, call, settlement

  private boolean call(
      Contact contact,
      Push.Kind kind,
      FieldChanges values,
      Supplier<CrmResult<GhlContactId>> call) {
    Push.InFlight intent = intent(contact, kind, values);
    if (!isStored(contact.pushStarted(intent))) {
      return true;
    }
    CrmResult<GhlContactId> result = call.get();
    settle(contact, intent, result);
    return true;
  }

  private Push.InFlight intent(Contact contact, Push.Kind kind, FieldChanges values) {
    Instant now = instance.time().instant();
    Duration lease =
        kind == Push.Kind.CREATE && policy.lookUpDelay().compareTo(callLease) > 0
            ? policy.lookUpDelay()
            : callLease;
    return new Push.InFlight(
        kind, contact.sync().revision(), values, now, now.plus(lease), instance.token().get());
  }

  private boolean isStored(Contact contact) {
    return contacts.save(contact.locationId(), contact)
        instanceof SaveOutcome.Saved<GhlContactId, Contact>;
  }

  /** Stores what a call came to, on top of whatever was changed while it was under way. */
  private void settle(Contact called, Push.InFlight intent, CrmResult<GhlContactId> answer) {
    CrmResult<GhlContactId> result = answer;
    while (true) {
      Optional<Contact> present = contacts.find(called.locationId(), called.id());
      if (present.isEmpty() || !mayBeSettled(present.get(), intent)) {
        return;
      }
      Contact after =
          switch (result) {
            case CrmResult.Done<GhlContactId>(GhlContactId crmId) ->
                succeeded(present.get(), intent, crmId);
            case CrmResult.Failed<GhlContactId>(CrmFailure failure) ->
                failed(present.get(), intent, failure);
          };
      switch (contacts.save(called.locationId(), after)) {
        case SaveOutcome.Saved<GhlContactId, Contact> saved -> {
          return;
        }
        case SaveOutcome.Stale<GhlContactId, Contact> stale -> {}
        case SaveOutcome.CrmIdTaken<GhlContactId, Contact>(GhlContactId crmId) -> {
          if (!fold(after, crmId)) {
            result = CrmResult.failed(linkedTwice(crmId));
          }
        }
      }
    }
  }

  /** A claim that was lost settles nothing; a webhook may have linked the contact meanwhile. */
  private static boolean mayBeSettled(Contact contact, Push.InFlight intent) {
    return contact.sync().isHeldBy(intent.token());
  }

  private Contact succeeded(Contact contact, Push.InFlight intent, GhlContactId crmId) {
    Instant now = instance.time().instant();
    return intent.kind() == Push.Kind.DELETE
        ? contact.deletionConfirmed(now)
        : contact.pushSucceeded(intent, crmId, now);
  }

  private Contact failed(Contact contact, Push.InFlight intent, CrmFailure failure) {
    Instant now = instance.time().instant();
    SyncState sync = contact.sync();
    boolean create = intent.kind() == Push.Kind.CREATE;
    RetryDecision decision =
        policy.decide(failure, create, sync.attempts(), now, instance.jitter().getAsDouble());
    return switch (decision) {
      case RetryDecision.RetryAt(Instant at) ->
          contact.withSync(
              sync.deferred(at, failure.message(), !(failure instanceof CrmFailure.Throttled)));
      case RetryDecision.LookUpAt(Instant at) ->
          contact.withSync(sync.inDoubt(intent, at, failure.message()));
      case RetryDecision.BlockUntil(Instant at) ->
          contact.withSync(sync.blocked(at, failure.message()));
      case RetryDecision.Park park -> contact.withSync(sync.failed(failure.message()));
      case RetryDecision.ParkInDoubt doubt -> parkedInDoubt(contact, failure);
      case RetryDecision.Adopt(String existing) -> adopt(contact, new GhlContactId(existing), now);
      case RetryDecision.Gone gone -> gone(contact, intent, failure, now);
    };
  }

  private Contact adopt(Contact contact, GhlContactId crmId, Instant now) {
    return contacts
        .findByCrmId(contact.locationId(), crmId)
        .filter(other -> !other.id().equals(contact.id()))
        .filter(other -> other.crmId().filter(crmId::equals).isPresent())
        .map(other -> contact.withSync(contact.sync().failed(linkedTwice(crmId).message())))
        .orElseGet(() -> contact.adopted(crmId, now));
  }

  private static CrmFailure linkedTwice(GhlContactId crmId) {
    return new CrmFailure.Rejected(
        List.of(),
        "GoHighLevel has this contact already ("
            + crmId
            + "), and it is linked to another contact"
            + " here. Merge the two, or change the e-mail or phone.");
  }

  /** The CRM says that it has no such record: a deletion is done, an update gets a second look. */
  private Contact gone(Contact contact, Push.InFlight intent, CrmFailure failure, Instant now) {
    if (intent.kind() == Push.Kind.DELETE) {
      return contact.deletionConfirmed(now);
    }
    Optional<GhlContactId> crmId = contact.crmId();
    if (crmId.isEmpty()) {
      return contact.withSync(contact.sync().failed(failure.message()));
    }
    CrmResult<CrmRecord<GhlContactId>> secondLook =
        crm.find(contact.locationId(), crmId.get(), CallPriority.USER);
    if (secondLook instanceof CrmResult.Failed<CrmRecord<GhlContactId>>(CrmFailure second)
        && second instanceof CrmFailure.NotFound) {
      return contact.orphaned(
          "GoHighLevel no longer has this contact. Try again to create it there anew, or delete it"
              + " here.");
    }
    return contact.withSync(
        contact.sync().deferred(now.plus(policy.blockedDelay()), failure.message(), true));
  }

  /**
   * A webhook stored the record that our create made before the create was settled: its document is
   * folded into ours. The order matters: a crash in between leaves our create in doubt, and the
   * look-up finds the record again.
   */
  private boolean fold(Contact ours, GhlContactId crmId) {
    Optional<Contact> other =
        contacts
            .findByCrmId(ours.locationId(), crmId)
            .filter(contact -> !contact.id().equals(ours.id()));
    if (other.isEmpty()) {
      return true;
    }
    Contact copy = other.get();
    return isOnlyACopy(copy) && contacts.remove(ours.locationId(), copy);
  }

  // ---- a create whose outcome is unknown

  /** Looks for what was sent: an edit made since says nothing of what the CRM may have created. */
  private boolean lookUp(Contact contact, FieldChanges sent) {
    Fields created = Fields.NONE.apply(sent);
    String email = created.text(ContactField.EMAIL.fieldName());
    String phone = created.text(ContactField.PHONE.fieldName());
    if (email.isEmpty() && phone.isEmpty()) {
      return keep(
          contact.withSync(
              contact
                  .sync()
                  .failedInDoubt(
                      "Please check: it is not known whether GoHighLevel created this contact, and"
                          + " it was sent with neither e-mail nor phone to look it up by. Delete it"
                          + " here, and make it anew if GoHighLevel does not have it.")));
    }
    Push.InFlight intent = intent(contact, Push.Kind.CREATE, sent);
    Contact claimed = contact.pushStarted(intent);
    if (!isStored(claimed)) {
      return true;
    }
    CrmResult<List<CrmRecord<GhlContactId>>> answer =
        crm.lookUp(contact.locationId(), email, phone);
    settleLookUp(contact, intent, answer);
    return true;
  }

  private boolean keep(Contact contact) {
    contacts.save(contact.locationId(), contact);
    return true;
  }

  private void settleLookUp(
      Contact asked, Push.InFlight intent, CrmResult<List<CrmRecord<GhlContactId>>> answer) {
    while (true) {
      Optional<Contact> present = contacts.find(asked.locationId(), asked.id());
      if (present.isEmpty() || !mayBeSettled(present.get(), intent)) {
        return;
      }
      Contact after =
          switch (answer) {
            case CrmResult.Done<List<CrmRecord<GhlContactId>>>(
                    List<CrmRecord<GhlContactId>> candidates) ->
                lookedUp(present.get(), candidates);
            case CrmResult.Failed<List<CrmRecord<GhlContactId>>>(CrmFailure failure) ->
                lookUpFailed(present.get(), intent, failure);
          };
      switch (contacts.save(asked.locationId(), after)) {
        case SaveOutcome.Saved<GhlContactId, Contact> saved -> {
          return;
        }
        case SaveOutcome.Stale<GhlContactId, Contact> stale -> {}
        // What cannot be folded any more is no candidate in the next round.
        case SaveOutcome.CrmIdTaken<GhlContactId, Contact>(GhlContactId crmId) ->
            fold(after, crmId);
      }
    }
  }

  private Contact lookedUp(Contact contact, List<CrmRecord<GhlContactId>> candidates) {
    Instant now = instance.time().instant();
    Set<GhlContactId> found = candidates.stream().map(CrmRecord::id).collect(Collectors.toSet());
    if (found.isEmpty()) {
      return neverCreated(contact, now);
    }
    Set<GhlContactId> possible =
        found.stream().filter(crmId -> mayBeOurs(contact, crmId)).collect(Collectors.toSet());
    if (possible.size() == 1) {
      return contact.adopted(possible.iterator().next(), now);
    }
    return contact.withSync(
        contact
            .sync()
            .failedInDoubt(
                possible.isEmpty()
                    ? "Please check: it is not known whether GoHighLevel created this contact. What"
                        + " it has with this e-mail or phone belongs to another contact here: "
                        + listed(found)
                    : "Please check: several contacts in GoHighLevel could be this one: "
                        + listed(possible)));
  }

  private static String listed(Set<GhlContactId> crmIds) {
    return crmIds.stream().map(GhlContactId::value).sorted().collect(Collectors.joining(", "));
  }

  /** Linked to nobody, or only to what an event stored of it since we made the contact. */
  private boolean mayBeOurs(Contact contact, GhlContactId crmId) {
    return contacts
        .findByCrmId(contact.locationId(), crmId)
        .map(other -> isOnlyACopy(other) && !other.createdAt().isBefore(contact.createdAt()))
        .orElse(true);
  }

  private static boolean isOnlyACopy(Contact other) {
    return other.isLive() && other.createdBySync() && other.sync().phase() == SyncPhase.SYNCED;
  }

  /** It can be created now: at once after the first doubt, later after each further one. */
  private Contact neverCreated(Contact contact, Instant now) {
    if (contact.presence() instanceof Presence.DeletedHere) {
      return contact.withSync(contact.sync().closed());
    }
    int attempts = contact.sync().attempts();
    if (attempts >= policy.giveUpAfter()) {
      return contact.withSync(contact.sync().failed(contact.sync().problem()));
    }
    Duration wait =
        attempts <= 1 ? Duration.ZERO : policy.delay(attempts, instance.jitter().getAsDouble());
    return contact.withSync(contact.sync().deferred(now.plus(wait), "", false));
  }

  private Contact lookUpFailed(Contact contact, Push.InFlight intent, CrmFailure failure) {
    Instant now = instance.time().instant();
    RetryDecision decision =
        policy.decide(
            failure, false, contact.sync().attempts(), now, instance.jitter().getAsDouble());
    return switch (decision) {
      case RetryDecision.RetryAt(Instant at) -> stillInDoubt(contact, intent, at, failure);
      case RetryDecision.LookUpAt(Instant at) -> stillInDoubt(contact, intent, at, failure);
      case RetryDecision.BlockUntil(Instant at) -> stillInDoubt(contact, intent, at, failure);
      case RetryDecision.Adopt adopt -> parkedInDoubt(contact, failure);
      case RetryDecision.Gone gone -> parkedInDoubt(contact, failure);
      case RetryDecision.Park park -> parkedInDoubt(contact, failure);
      case RetryDecision.ParkInDoubt doubt -> parkedInDoubt(contact, failure);
    };
  }

  private static Contact stillInDoubt(
      Contact contact, Push.InFlight intent, Instant at, CrmFailure failure) {
    return contact.withSync(contact.sync().inDoubt(intent, at, failure.message()));
  }

  private static Contact parkedInDoubt(Contact contact, CrmFailure failure) {
    return contact.withSync(contact.sync().failedInDoubt(failure.message()));
  }
}
