package com.lpai.application.push;

import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How contacts are told; tags have calls of their own. */
final class ContactPushRules implements PushRules<ContactId, GhlContactId, Contact> {
  private static final Words WORDS =
      new Words(
          "contact",
          "e-mail or phone",
          "neither e-mail nor phone",
          "Merge the two, or change the e-mail or phone.");

  private final CrmContacts crm;
  private final List<Waiting<?, ?, ?>> dependents;
  private final WorkSignals signals;

  ContactPushRules(CrmContacts crm, List<Waiting<?, ?, ?>> dependents, WorkSignals signals) {
    this.crm = crm;
    this.dependents = List.copyOf(dependents);
    this.signals = signals;
  }

  @Override
  public Words words() {
    return WORDS;
  }

  @Override
  public String scope() {
    return "contacts.write";
  }

  @Override
  public GhlContactId crmId(String value) {
    return new GhlContactId(value);
  }

  @Override
  public Outgoing<GhlContactId> create(Contact contact, FieldChanges values) {
    return new Outgoing.Call<>(values, () -> crm.create(contact.locationId(), values));
  }

  @Override
  public Outgoing<GhlContactId> update(Contact contact, GhlContactId crmId, FieldChanges values) {
    return new Outgoing.Call<>(values, () -> crm.update(contact.locationId(), crmId, values));
  }

  @Override
  public Outgoing<GhlContactId> regroup(Contact contact, GhlContactId crmId, FieldChanges tags) {
    FieldChanges added = tags.only(name -> !contact.fields().get(name).isCleared());
    LocationId locationId = contact.locationId();
    return added.isEmpty()
        ? new Outgoing.Call<>(tags, () -> crm.removeTags(locationId, crmId, elements(tags)))
        : new Outgoing.Call<>(added, () -> crm.addTags(locationId, crmId, elements(added)));
  }

  private static List<String> elements(FieldChanges tags) {
    return tags.values().keySet().stream().map(FieldName::element).toList();
  }

  @Override
  public CrmResult<GhlContactId> delete(LocationId locationId, GhlContactId crmId) {
    return crm.delete(locationId, crmId);
  }

  @Override
  public CrmResult<CrmRecord<GhlContactId>> find(LocationId locationId, GhlContactId crmId) {
    return crm.find(locationId, crmId, CallPriority.USER);
  }

  /** An address or a number is one person's, whenever the contact was made. */
  @Override
  public Optional<Supplier<CrmResult<List<CrmRecord<GhlContactId>>>>> lookUp(
      LocationId locationId, FieldChanges sent, Instant since) {
    Fields created = Fields.NONE.apply(sent);
    String email = created.text(ContactField.EMAIL.fieldName());
    String phone = created.text(ContactField.PHONE.fieldName());
    return email.isEmpty() && phone.isEmpty()
        ? Optional.empty()
        : Optional.of(() -> crm.lookUp(locationId, email, phone));
  }

  @Override
  public boolean lookUpShowsAll() {
    return false;
  }

  @Override
  public void folded(Contact copy, Contact into) {
    dependents.forEach(kind -> kind.follow(into.locationId(), copy.id(), into.id()));
  }

  @Override
  public void linked(Contact contact) {
    boolean released = false;
    for (Waiting<?, ?, ?> kind : dependents) {
      released |= kind.release(contact.locationId(), contact.id());
    }
    if (released) {
      signals.pushDue();
    }
  }
}
