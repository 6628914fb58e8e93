package com.lpai.application.edit;

import com.lpai.application.edit.RecordEditor.Change;
import com.lpai.application.idempotency.Once;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class EditAboutContactService<I, G, R extends AboutContact<I, G, R>>
    implements EditAboutContactUseCase<I, R> {
  private static final String CONTACT_ID = "contactId";

  private static final String IN_DOUBT =
      "GoHighLevel may have made it with its present contact: that is not known yet. Try it again,"
          + " which looks for it; if a person must check, delete it here and make it anew.";

  private final ContactRepository contacts;
  private final AboutContactRules<I, R> rules;
  private final RecordEditor<I, G, R> editor;
  private final Instance instance;

  EditAboutContactService(
      AboutContactRepository<I, G, R> records,
      ContactRepository contacts,
      AboutContactRules<I, R> rules,
      WorkSignals signals,
      Instance instance) {
    this.contacts = contacts;
    this.rules = rules;
    this.editor = new RecordEditor<>(records, signals, instance);
    this.instance = instance;
  }

  @Override
  public EditOutcome<R> create(
      LocationId locationId, Once once, ContactReference contact, FieldChanges values, Origin by) {
    return editor.addOnce(
        locationId, once, rules::id, id -> created(locationId, id, contact, values, by));
  }

  private Change<R> created(
      LocationId locationId, I id, ContactReference contact, FieldChanges values, Origin by) {
    FieldChanges normal = rules.completed(Fields.NONE, rules.normalised(values));
    List<FieldProblem> problems = new ArrayList<>(rules.validator().check(normal));
    if (contact.contactId().isEmpty()) {
      problems.add(
          new FieldProblem(CONTACT_ID, "The id of one of the location's contacts, please."));
    }
    problems.addAll(unknown(locationId, contact));
    problems.addAll(rules.problems(locationId, Fields.NONE, normal));
    return problems.isEmpty()
        ? new Change.To<>(
            rules.createdHere(id, locationId, contact, normal, by, instance.time().instant()))
        : new Change.Refusal<>(problems);
  }

  /** A contact of another location is one that is not there (trap 64). */
  private List<FieldProblem> unknown(LocationId locationId, ContactReference contact) {
    Optional<ContactId> id = contact.contactId();
    return id.isEmpty() || contacts.find(locationId, id.get()).filter(Contact::isLive).isPresent()
        ? List.of()
        : List.of(new FieldProblem(CONTACT_ID, "The location has no such contact."));
  }

  @Override
  public EditOutcome<R> edit(
      LocationId locationId,
      I id,
      ContactReference contact,
      FieldChanges changes,
      OptionalLong expectedVersion,
      Origin by) {
    FieldChanges normal = rules.normalised(changes);
    return editor.change(
        locationId, id, expectedVersion, record -> edited(record, contact, normal, by));
  }

  private Change<R> edited(R record, ContactReference contact, FieldChanges said, Origin by) {
    FieldChanges changes = rules.completed(record.fields(), said);
    boolean another = contact.contactId().isPresent() && !contact.equals(record.contact());
    List<FieldProblem> problems = new ArrayList<>(rules.validator().check(changes));
    problems.addAll(rules.validator().checkTooLate(record, changes));
    if (another && FieldValidator.isInCrm(record)) {
      problems.add(
          record.crmId().isPresent()
              ? rules.validator().tooLate(CONTACT_ID)
              : new FieldProblem(CONTACT_ID, IN_DOUBT));
    } else if (another) {
      problems.addAll(unknown(record.locationId(), contact));
    }
    FieldChanges real = record.fields().differing(changes);
    problems.addAll(rules.problems(record.locationId(), record.fields(), real));
    if (!problems.isEmpty()) {
      return new Change.Refusal<>(problems);
    }
    Instant now = instance.time().instant();
    R about = another ? about(record, contact, now) : record;
    return new Change.To<>(about.edited(changes, by, now));
  }

  /** What waited for the one contact, or was refused with it, is tried with the other. */
  private R about(R record, ContactReference contact, Instant now) {
    return contact
        .contactId()
        .map(record::about)
        .map(changed -> changed.withSync(changed.sync().touched(now)))
        .orElse(record);
  }

  @Override
  public EditOutcome<R> delete(LocationId locationId, I id, OptionalLong expectedVersion) {
    return editor.delete(locationId, id, expectedVersion);
  }

  @Override
  public EditOutcome<R> retry(LocationId locationId, I id) {
    return editor.retry(locationId, id);
  }
}
