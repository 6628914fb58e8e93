package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import org.bson.Document;

/** Which of our contacts a document is about, as the guide has it: our id as a text. */
public final class ContactReferences {
  public static final String CONTACT_ID = "contactId";

  private ContactReferences() {}

  public static void write(ContactReference contact, Document document) {
    contact.contactId().ifPresent(id -> document.append(CONTACT_ID, id.value()));
  }

  public static ContactReference read(StoredDocument stored) {
    return stored.has(CONTACT_ID)
        ? new ContactReference.Resolved(new ContactId(stored.text(CONTACT_ID)))
        : ContactReference.none();
  }
}
