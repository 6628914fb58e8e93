package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.GhlContactId;
import com.mongodb.client.model.Filters;
import java.util.Collection;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Which of our contacts a document is about, as the guide has it: our id as a text. */
public final class ContactReferences {
  public static final String CONTACT_ID = "contactId";

  private ContactReferences() {}

  /** A filter for records without a contact of ours. */
  static Bson missing() {
    return Filters.eq(CONTACT_ID, null);
  }

  /** A filter for records without a contact of ours, for which one of these is named. */
  static Bson missing(String ghlContactField, Collection<GhlContactId> named) {
    return Filters.and(
        missing(), Filters.in(ghlContactField, named.stream().map(GhlContactId::value).toList()));
  }

  public static void write(ContactReference contact, Document document) {
    contact.contactId().ifPresent(id -> document.append(CONTACT_ID, id.value()));
  }

  public static ContactReference read(StoredDocument stored) {
    return stored.has(CONTACT_ID)
        ? new ContactReference.Resolved(new ContactId(stored.text(CONTACT_ID)))
        : ContactReference.none();
  }
}
