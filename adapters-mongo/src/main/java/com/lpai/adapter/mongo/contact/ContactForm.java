package com.lpai.adapter.mongo.contact;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.mirror.MirrorForm;
import com.lpai.adapter.mongo.mirror.SearchTerms;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;

/** A contact's document holds what a person finds it by beside its fields. */
final class ContactForm implements MirrorForm<ContactId, GhlContactId, Contact> {
  private static final String FULL_NAME = "fullName";

  @Override
  public String kind() {
    return "contact";
  }

  @Override
  public String crmIdField() {
    return "ghlContactId";
  }

  @Override
  public FieldTable table() {
    return ContactField.TABLE;
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
  public Contact record(MirrorState<ContactId, GhlContactId> state, StoredDocument stored) {
    return new Contact(state);
  }

  @Override
  public void writeOwnParts(Contact contact, Document document) {
    if (!contact.fullName().isEmpty()) {
      document.append(FULL_NAME, contact.fullName());
    }
    SearchTerms.write(
        List.of(
            contact.fields().text(ContactField.FIRST_NAME.fieldName()),
            contact.fields().text(ContactField.LAST_NAME.fieldName()),
            contact.email(),
            contact.phone()),
        document);
  }

  @Override
  public List<String> ownParts() {
    return List.of(FULL_NAME, SearchTerms.FIELD);
  }
}
