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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    // Two queries rather than one with $or: each uses its own index on every server.
    Map<ContactId, Contact> found = new LinkedHashMap<>();
    Stream.of(
            findUnlinked(locationId, ContactField.EMAIL, emails),
            findUnlinked(locationId, ContactField.PHONE, phones))
        .flatMap(List::stream)
        .forEach(contact -> found.putIfAbsent(contact.id(), contact));
    return List.copyOf(found.values());
  }

  private List<Contact> findUnlinked(
      LocationId locationId, ContactField field, Collection<String> values) {
    List<String> present = values.stream().filter(value -> !value.isEmpty()).toList();
    if (present.isEmpty()) {
      return List.of();
    }
    return read(
        locationId,
        Filters.and(
            Filters.in(field.key(), present), IS_LIVE, Filters.exists(FORM.crmIdField(), false)));
  }

  @Override
  public Page<Contact> list(LocationId locationId, ContactQuery query) {
    List<Bson> filters = new ArrayList<>(inPhases(query.phases()));
    filters.addAll(equal(ContactField.EMAIL.key(), query.email()));
    filters.addAll(equal(ContactField.PHONE.key(), query.phone()));
    filters.addAll(equal(ContactField.TAGS, query.tag()));
    filters.addAll(SearchTerms.beginningWith(query.search()));
    return list(locationId, filters, query.cursor(), query.limit());
  }
}
