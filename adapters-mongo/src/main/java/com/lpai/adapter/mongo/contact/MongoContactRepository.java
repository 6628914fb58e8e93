package com.lpai.adapter.mongo.contact;

import com.lpai.adapter.mongo.mirror.MongoMirrorRepository;
import com.lpai.adapter.mongo.mirror.SearchTerms;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.conversions.Bson;

/** Contacts in the collection {@code contacts}. */
public final class MongoContactRepository
    extends MongoMirrorRepository<ContactId, GhlContactId, Contact> implements ContactRepository {
  private static final ContactForm FORM = new ContactForm();

  public MongoContactRepository(TenantCollection contacts) {
    super(contacts, FORM);
  }

  @Override
  public List<Contact> findUnlinked(
      LocationId locationId, Collection<String> emails, Collection<String> phones) {
    Set<String> wanted = new HashSet<>(emails);
    wanted.addAll(phones);
    wanted.remove("");
    if (wanted.isEmpty() || areAllLinked(locationId)) {
      return List.of();
    }
    return read(
            locationId,
            Filters.and(
                SearchTerms.anyOf(wanted), IS_LIVE, Filters.exists(FORM.crmIdField(), false)))
        .stream()
        .filter(contact -> isOneOf(emails, contact.email()) || isOneOf(phones, contact.phone()))
        .toList();
  }

  private static boolean isOneOf(Collection<String> wanted, String text) {
    return !text.isEmpty() && wanted.contains(text);
  }

  @Override
  public Page<Contact> list(LocationId locationId, ContactQuery query) {
    List<Bson> filters = new ArrayList<>(inPhases(query.phases()));
    filters.addAll(found(ContactField.EMAIL, query.email()));
    filters.addAll(found(ContactField.PHONE, query.phone()));
    filters.addAll(equal(ContactField.TAGS, query.tag()));
    filters.addAll(SearchTerms.beginningWith(query.search()));
    return list(locationId, filters, query.cursor(), query.limit());
  }

  /** Both are search terms, too, whose index finds them. */
  private static List<Bson> found(ContactField field, String text) {
    return text.isEmpty()
        ? List.of()
        : List.of(SearchTerms.is(text), Filters.eq(field.key(), text));
  }
}
