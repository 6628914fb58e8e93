package com.lpai.application.edit;

import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.contact.ContactRepository;

/** The door to local writes that are the same for several kinds of records. */
public final class EditUseCases {
  private EditUseCases() {}

  /** Writing records about a contact, of the kind that these rules are about. */
  public static <I, G, R extends AboutContact<I, G, R>> EditAboutContactUseCase<I, R> aboutContacts(
      AboutContactRepository<I, G, R> records,
      ContactRepository contacts,
      AboutContactRules<I, R> rules,
      WorkSignals signals,
      Instance instance) {
    return new EditAboutContactService<>(records, contacts, rules, signals, instance);
  }
}
