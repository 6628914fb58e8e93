package com.lpai.application.reconcile;

import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What contacts have of their own: one without a link may be a twin of one that has it. */
final class ContactKind implements KindRules<ContactId, GhlContactId, Contact> {
  /** With the same address or number; more are not looked through. */
  private static final int NAMESAKES = 20;

  private final ContactRepository contacts;

  ContactKind(ContactRepository contacts) {
    this.contacts = contacts;
  }

  @Override
  public Function<String, ContactId> ids() {
    return ContactId::new;
  }

  @Override
  public Function<String, GhlContactId> crmIds() {
    return GhlContactId::new;
  }

  @Override
  public Optional<Contact> twin(LocationId locationId, Contact unlinked) {
    Stream<Contact> byFormerId =
        contacts.findByCrmIds(locationId, unlinked.formerIds()).values().stream();
    Stream<Contact> byAddress =
        Stream.of(
                new ContactQuery(NAMESAKES, "", "", unlinked.email(), "", "", Set.of()),
                new ContactQuery(NAMESAKES, "", "", "", unlinked.phone(), "", Set.of()))
            .filter(query -> !query.email().isEmpty() || !query.phone().isEmpty())
            .flatMap(query -> contacts.list(locationId, query).items().stream());
    return Stream.concat(byFormerId, byAddress)
        .filter(other -> !other.id().equals(unlinked.id()))
        .filter(other -> other.isLive() && other.crmId().isPresent())
        .findFirst();
  }
}
