package com.lpai.application.contact;

import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

final class EditContactsService implements EditContactsUseCase {
  private final ContactRepository contacts;
  private final LocationRepository locations;
  private final ContactNormalizer normalizer;
  private final WorkSignals signals;
  private final Instance instance;

  EditContactsService(
      ContactRepository contacts,
      LocationRepository locations,
      ContactNormalizer normalizer,
      WorkSignals signals,
      Instance instance) {
    this.contacts = contacts;
    this.locations = locations;
    this.normalizer = normalizer;
    this.signals = signals;
    this.instance = instance;
  }

  @Override
  public EditOutcome create(LocationId locationId, FieldChanges values) {
    FieldChanges normal = normalise(locationId, values);
    List<FieldProblem> problems = ContactValidator.checkNew(normal);
    if (!problems.isEmpty()) {
      return new EditOutcome.Refused(problems);
    }
    Contact contact =
        Contact.createdHere(contacts.nextId(), locationId, normal, instance.time().instant());
    return switch (contacts.save(locationId, contact)) {
      case SaveOutcome.Saved<GhlContactId, Contact>(Contact saved) -> stored(saved);
      case SaveOutcome.Stale<GhlContactId, Contact> stale ->
          throw new IllegalStateException("a new id was taken");
      case SaveOutcome.CrmIdTaken<GhlContactId, Contact> taken ->
          throw new IllegalStateException("a new contact has no CRM id");
    };
  }

  @Override
  public EditOutcome edit(
      LocationId locationId, ContactId id, FieldChanges changes, OptionalLong expectedVersion) {
    FieldChanges normal = normalise(locationId, changes);
    return change(
        locationId,
        id,
        expectedVersion,
        contact -> {
          List<FieldProblem> problems = ContactValidator.checkEdit(contact, normal);
          return problems.isEmpty()
              ? new Change.To(contact.edited(normal, instance.time().instant()))
              : new Change.Refusal(problems);
        });
  }

  @Override
  public EditOutcome delete(LocationId locationId, ContactId id, OptionalLong expectedVersion) {
    return change(
        locationId,
        id,
        expectedVersion,
        contact -> new Change.To(contact.deletedHere(instance.time().instant())));
  }

  @Override
  public EditOutcome retry(LocationId locationId, ContactId id) {
    return change(
        locationId,
        id,
        OptionalLong.empty(),
        contact -> new Change.To(contact.retried(instance.time().instant())));
  }

  /** What a change comes to once the present contact is known. */
  private sealed interface Change {
    record To(Contact after) implements Change {}

    record Refusal(List<FieldProblem> problems) implements Change {}
  }

  /** Reads, changes and stores until nobody interferes; each round sees the newest contact. */
  private EditOutcome change(
      LocationId locationId,
      ContactId id,
      OptionalLong expectedVersion,
      Function<Contact, Change> change) {
    while (true) {
      Optional<Contact> found = contacts.find(locationId, id).filter(Contact::isLive);
      if (found.isEmpty()) {
        return new EditOutcome.NotFound();
      }
      Contact present = found.get();
      if (expectedVersion.isPresent() && expectedVersion.getAsLong() != present.version()) {
        return new EditOutcome.ChangedMeanwhile(present);
      }
      Contact after;
      switch (change.apply(present)) {
        case Change.Refusal(List<FieldProblem> problems) -> {
          return new EditOutcome.Refused(problems);
        }
        case Change.To(Contact changed) -> after = changed;
      }
      if (after.equals(present)) {
        return new EditOutcome.Stored(present);
      }
      if (isForgettable(after)) {
        if (contacts.remove(locationId, present)) {
          return new EditOutcome.Stored(after);
        }
      } else if (contacts.save(locationId, after)
          instanceof SaveOutcome.Saved<GhlContactId, Contact>(Contact saved)) {
        return stored(saved);
      }
    }
  }

  /** A contact that the CRM never had leaves no tombstone behind. */
  private static boolean isForgettable(Contact contact) {
    return !contact.isLive()
        && contact.crmId().isEmpty()
        && contact.formerIds().isEmpty()
        && !contact.sync().hasCallInFlight();
  }

  private EditOutcome stored(Contact contact) {
    signals.contactChanged(contact.locationId(), contact.id());
    return new EditOutcome.Stored(contact);
  }

  private FieldChanges normalise(LocationId locationId, FieldChanges changes) {
    String country =
        locations
            .find(locationId)
            .map(location -> location.details().country())
            .orElse(LocationDetails.assumed("").country());
    return normalizer.normalise(changes, country);
  }
}
