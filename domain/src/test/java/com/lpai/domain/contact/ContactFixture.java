package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorState;
import java.util.UUID;

/** Contacts for tests: {@code aContact().withEmail("…").build()}. */
public final class ContactFixture
    extends MirrorFixture<ContactId, GhlContactId, Contact, ContactFixture> {
  private ContactFixture() {
    super(new ContactId(UUID.randomUUID().toString().replace("-", "").substring(8)));
  }

  /** A live contact without any value that the CRM does not have; nothing is to be pushed. */
  public static ContactFixture aContact() {
    return new ContactFixture();
  }

  /** A live contact that the CRM has under an id of its own; both sides agree. */
  public static ContactFixture linkedContact() {
    return aContact().linkedTo(anyGhlContactId());
  }

  public static GhlContactId anyGhlContactId() {
    return new GhlContactId("ghl-" + UUID.randomUUID());
  }

  @Override
  protected ContactFixture self() {
    return this;
  }

  @Override
  protected Contact build(MirrorState<ContactId, GhlContactId> state) {
    return new Contact(state);
  }

  public ContactFixture withName(String first, String last) {
    return with(ContactField.FIRST_NAME, first).with(ContactField.LAST_NAME, last);
  }

  public ContactFixture withEmail(String email) {
    return with(ContactField.EMAIL, email);
  }

  public ContactFixture withPhone(String phone) {
    return with(ContactField.PHONE, phone);
  }

  public ContactFixture withTag(String tag) {
    return with(FieldName.element(ContactField.TAGS, tag), new FieldValue.Flag(true));
  }
}
