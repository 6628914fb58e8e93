package com.lpai.application.reconcile;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What records have of their own that are about a contact: the contact may be gone.
 *
 * @param contactField where the CRM's id of the contact is
 * @param compared whether a proof that began then lists a record
 * @param hidden whether a record is in something that is gone
 */
record AboutContactKind<I, G, R extends AboutContact<I, G, R>>(
    MirrorRepository<I, G, R> records,
    ContactRepository contacts,
    Function<String, I> ids,
    Function<String, G> crmIds,
    FieldName contactField,
    BiPredicate<R, Instant> compared,
    BiPredicate<LocationId, R> hidden)
    implements KindRules<I, G, R> {

  @Override
  public boolean isCompared(R record, Instant begunAt) {
    return compared.test(record, begunAt);
  }

  @Override
  public boolean isHidden(LocationId locationId, R record) {
    return hidden.test(locationId, record);
  }

  /** Nothing but a former id says that two are the same. */
  @Override
  public Optional<R> twin(LocationId locationId, R unlinked) {
    return records.findByCrmIds(locationId, unlinked.formerIds()).values().stream()
        .filter(other -> !other.id().equals(unlinked.id()))
        .filter(other -> other.isLive() && other.crmId().isPresent())
        .findFirst();
  }

  @Override
  public String contactNamed(CrmRecord<G> said) {
    return said.fields()
        .get(contactField)
        .map(value -> value instanceof FieldValue.Text(String text) ? text : "")
        .orElse("");
  }

  @Override
  public boolean isContactHere(LocationId locationId, String crmId) {
    return contacts
        .findByCrmId(locationId, new GhlContactId(crmId))
        .filter(Contact::isLive)
        .filter(contact -> contact.crmId().isPresent())
        .isPresent();
  }
}
