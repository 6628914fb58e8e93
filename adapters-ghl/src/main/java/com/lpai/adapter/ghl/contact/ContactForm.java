package com.lpai.adapter.ghl.contact;

import static com.lpai.domain.contact.ContactField.ATTRIBUTION_SOURCE;
import static com.lpai.domain.contact.ContactField.GENDER;
import static com.lpai.domain.contact.ContactField.LAST_ATTRIBUTION_SOURCE;
import static com.lpai.domain.contact.ContactField.TIMEZONE;

import com.lpai.domain.contact.ContactField;
import java.util.EnumSet;
import java.util.Set;

/**
 * A form in which GoHighLevel shows a contact (ghl-facts.md 3.1, 6.7). Forms differ in what they
 * hold, so absence means something else in each.
 *
 * @param covered fields whose absence says that they have no value
 * @param listsEveryGroup whether all tags, custom fields and do-not-disturb channels are in it,
 *     even where none is
 * @param tellsChangeTime whether it carries the time of the record's last change
 */
record ContactForm(Set<ContactField> covered, boolean listsEveryGroup, boolean tellsChangeTime) {
  /** {@code GET /contacts/{id}}: everything but the gender. */
  static final ContactForm DETAIL =
      new ContactForm(EnumSet.complementOf(EnumSet.of(GENDER)), true, true);

  /** An item of a search: as above, without fields that not every answer was seen with. */
  static final ContactForm SEARCH_ITEM =
      new ContactForm(
          EnumSet.complementOf(
              EnumSet.of(GENDER, TIMEZONE, ATTRIBUTION_SOURCE, LAST_ATTRIBUTION_SOURCE)),
          false,
          true);

  /** An event or an undocumented answer: absence proves nothing. */
  static final ContactForm PARTIAL = new ContactForm(Set.of(), false, false);

  ContactForm {
    covered = Set.copyOf(covered);
  }

  boolean covers(ContactField field) {
    return covered.contains(field);
  }
}
