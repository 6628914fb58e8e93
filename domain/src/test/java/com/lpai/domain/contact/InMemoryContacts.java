package com.lpai.domain.contact;

import com.lpai.domain.sync.InMemoryRecords;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Contacts in memory. */
public final class InMemoryContacts extends InMemoryRecords<ContactId, GhlContactId, Contact>
    implements ContactRepository {
  public InMemoryContacts() {
    super(ContactId::new);
  }

  @Override
  public synchronized List<Contact> findUnlinked(
      LocationId locationId, Collection<String> emails, Collection<String> phones) {
    return of(locationId)
        .filter(Contact::isLive)
        .filter(contact -> contact.crmId().isEmpty())
        .filter(contact -> isOneOf(emails, contact.email()) || isOneOf(phones, contact.phone()))
        .toList();
  }

  private static boolean isOneOf(Collection<String> wanted, String value) {
    return !value.isEmpty() && wanted.contains(value);
  }

  @Override
  public Page<Contact> list(LocationId locationId, ContactQuery query) {
    return list(locationId, query.cursor(), query.limit(), contact -> isWanted(contact, query));
  }

  private static boolean isWanted(Contact contact, ContactQuery query) {
    return (query.email().isEmpty() || contact.email().equals(query.email()))
        && (query.phone().isEmpty() || contact.phone().equals(query.phone()))
        && (query.tag().isEmpty() || contact.tags().contains(query.tag()))
        && (query.phases().isEmpty() || query.phases().contains(contact.sync().phase()))
        && (query.search().isEmpty() || isFound(contact, query.search()));
  }

  private static boolean isFound(Contact contact, String search) {
    String wanted = search.toLowerCase(Locale.ROOT);
    return Stream.of(
            ContactField.FIRST_NAME, ContactField.LAST_NAME, ContactField.EMAIL, ContactField.PHONE)
        .map(field -> contact.fields().text(field.fieldName()).toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.startsWith(wanted));
  }
}
