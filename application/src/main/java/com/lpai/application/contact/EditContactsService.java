package com.lpai.application.contact;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.edit.RecordEditor;
import com.lpai.application.edit.RecordEditor.Change;
import com.lpai.application.idempotency.Once;
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
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.OptionalLong;

final class EditContactsService implements EditContactsUseCase {
  private final LocationRepository locations;
  private final ContactNormalizer normalizer;
  private final RecordEditor<ContactId, GhlContactId, Contact> editor;
  private final Instance instance;

  EditContactsService(
      ContactRepository contacts,
      LocationRepository locations,
      ContactNormalizer normalizer,
      WorkSignals signals,
      Instance instance) {
    this.locations = locations;
    this.normalizer = normalizer;
    this.editor = new RecordEditor<>(contacts, signals, instance);
    this.instance = instance;
  }

  @Override
  public EditOutcome<Contact> create(
      LocationId locationId, Once once, FieldChanges values, Origin by) {
    return editor.addOnce(
        locationId, once, ContactId::new, id -> created(locationId, id, values, by));
  }

  private Change<Contact> created(
      LocationId locationId, ContactId id, FieldChanges values, Origin by) {
    FieldChanges normal = normalise(locationId, values);
    List<FieldProblem> problems = ContactValidator.checkNew(normal);
    return problems.isEmpty()
        ? new Change.To<>(
            Contact.createdHere(id, locationId, normal, by, instance.time().instant()))
        : new Change.Refusal<>(problems);
  }

  @Override
  public EditOutcome<Contact> edit(
      LocationId locationId,
      ContactId id,
      FieldChanges changes,
      OptionalLong expectedVersion,
      Origin by) {
    FieldChanges normal = normalise(locationId, changes);
    return editor.change(
        locationId,
        id,
        expectedVersion,
        contact -> {
          List<FieldProblem> problems = ContactValidator.checkEdit(contact, normal);
          return problems.isEmpty()
              ? new Change.To<>(contact.edited(normal, by, instance.time().instant()))
              : new Change.Refusal<>(problems);
        });
  }

  @Override
  public EditOutcome<Contact> delete(
      LocationId locationId, ContactId id, OptionalLong expectedVersion) {
    return editor.delete(locationId, id, expectedVersion);
  }

  @Override
  public EditOutcome<Contact> retry(LocationId locationId, ContactId id) {
    return editor.retry(locationId, id);
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
