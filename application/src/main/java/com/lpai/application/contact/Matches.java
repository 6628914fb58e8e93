package com.lpai.application.contact;

import com.lpai.application.mirror.IntakeRules;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Contacts of ours without a CRM record, to be matched with records of the CRM that we do not know:
 * by e-mail address, then by phone, only when exactly one fits, and each only once (spec 5,
 * matching).
 */
final class Matches implements IntakeRules.Matcher<GhlContactId, Contact> {
  private final List<Contact> unlinked;

  Matches(List<Contact> unlinked) {
    this.unlinked = new ArrayList<>(unlinked);
  }

  @Override
  public Optional<Contact> take(CrmRecord<GhlContactId> said) {
    Optional<Contact> match =
        only(unlinked.stream().filter(c -> same(c.email(), email(said))).toList())
            .or(() -> only(unlinked.stream().filter(c -> same(c.phone(), phone(said))).toList()));
    match.ifPresent(unlinked::remove);
    return match;
  }

  static String email(CrmRecord<GhlContactId> said) {
    return text(said, ContactField.EMAIL.fieldName());
  }

  static String phone(CrmRecord<GhlContactId> said) {
    return text(said, ContactField.PHONE.fieldName());
  }

  private static String text(CrmRecord<GhlContactId> said, FieldName name) {
    return said.fields().get(name).orElse(FieldValue.cleared()) instanceof FieldValue.Text(String t)
        ? t
        : "";
  }

  private static boolean same(String ours, String theirs) {
    return !theirs.isEmpty() && ours.equals(theirs);
  }

  private static Optional<Contact> only(List<Contact> candidates) {
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }
}
