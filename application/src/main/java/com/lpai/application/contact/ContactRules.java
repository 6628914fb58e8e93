package com.lpai.application.contact;

import com.lpai.application.mirror.IntakeRules;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.DirtyField;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How contacts are taken in: one that is not linked yet is known by its e-mail or phone. */
final class ContactRules implements IntakeRules<ContactId, GhlContactId, Contact> {
  private final ContactRepository contacts;
  private final ContactNormalizer normalizer;
  private final ContactArrivals arrivals;
  private final WorkSignals signals;

  ContactRules(
      ContactRepository contacts,
      ContactNormalizer normalizer,
      ContactArrivals arrivals,
      WorkSignals signals) {
    this.contacts = contacts;
    this.normalizer = normalizer;
    this.arrivals = arrivals;
    this.signals = signals;
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.CONTACTS;
  }

  @Override
  public SetupStep step() {
    return SetupStep.CONTACTS;
  }

  @Override
  public List<FieldName> identifying() {
    return Stream.of(
            ContactField.EMAIL, ContactField.PHONE, ContactField.FIRST_NAME, ContactField.LAST_NAME)
        .map(ContactField::fieldName)
        .toList();
  }

  @Override
  public CrmRecord<GhlContactId> normalised(Location location, CrmRecord<GhlContactId> said) {
    return said.saying(normalizer.normalise(said.fields(), location.details().country()));
  }

  @Override
  public Contact foundInCrm(ContactId id, LocationId locationId, GhlContactId crmId, Instant now) {
    return Contact.foundInCrm(id, locationId, crmId, now);
  }

  @Override
  public Matcher<GhlContactId, Contact> matching(
      LocationId locationId, List<CrmRecord<GhlContactId>> unknown) {
    Set<String> emails = new HashSet<>();
    Set<String> phones = new HashSet<>();
    for (CrmRecord<GhlContactId> contact : unknown) {
      addIfPresent(emails, Matches.email(contact));
      addIfPresent(phones, Matches.phone(contact));
    }
    return emails.isEmpty() && phones.isEmpty()
        ? contact -> Optional.empty()
        : new Matches(contacts.findUnlinked(locationId, emails, phones));
  }

  private static void addIfPresent(Set<String> values, String value) {
    if (!value.isEmpty()) {
      values.add(value);
    }
  }

  /**
   * The CRM's search may tell names in lower case only (ghl-facts.md 3.1), which are no names: as
   * long as ours are the same in lower case, nothing is new.
   */
  @Override
  public boolean isWellTold(Contact contact, CrmRecord<GhlContactId> said) {
    FieldName firstName = ContactField.FIRST_NAME.fieldName();
    boolean tellsName =
        said.fields().mentions(firstName) || said.inLowerCase().containsKey(firstName);
    return (tellsName || !contact.fullName().isEmpty())
        && said.inLowerCase().entrySet().stream()
            .allMatch(
                told -> isKnown(contact, told.getKey(), lower(told.getKey(), told.getValue())));
  }

  /** What is ours may not be there yet; the CRM then tells what both sides agreed on last. */
  private boolean isKnown(Contact contact, FieldName name, String told) {
    Optional<FieldValue> base =
        Optional.ofNullable(contact.sync().dirty().get(name)).map(DirtyField::base);
    return Stream.concat(Stream.of(contact.fields().get(name)), base.stream())
        .map(value -> value instanceof FieldValue.Text(String text) ? text : "")
        .anyMatch(text -> lower(name, text).equals(told));
  }

  /** In the form in which it would be kept, and in lower case. */
  private String lower(FieldName name, String text) {
    return normalizer
        .normalise(FieldChanges.of(name, FieldValue.text(text)), "")
        .get(name)
        .map(value -> value instanceof FieldValue.Text(String normal) ? normal : "")
        .orElse("")
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public void arrived(LocationId locationId, List<Contact> linked) {
    Map<GhlContactId, ContactId> known = new HashMap<>();
    linked.forEach(contact -> contact.crmId().ifPresent(crmId -> known.put(crmId, contact.id())));
    if (!known.isEmpty()) {
      arrivals.arrived(locationId, known);
    }
  }

  @Override
  public void pending(Contact contact) {
    signals.pushDue();
  }
}
