package com.lpai.application.contact;

import com.lpai.application.edit.FieldProblem;
import com.lpai.application.edit.FieldValidator;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks values at the edge, so that what is stored can be pushed (spec 5). */
final class ContactValidator {
  private static final FieldValidator VALIDATOR =
      new FieldValidator(
          ContactField.TABLE,
          "contact",
          Set.of(ContactField.TAGS, ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS));
  private static final FieldProblem NO_TIMEZONE =
      new FieldProblem(
          ContactField.TIMEZONE.key(),
          "A time zone is its IANA name, for example America/New_York.");

  private static final List<ContactField> IDENTIFYING =
      List.of(
          ContactField.FIRST_NAME, ContactField.LAST_NAME, ContactField.EMAIL, ContactField.PHONE);
  private static final FieldProblem UNIDENTIFIED =
      new FieldProblem("", "A contact needs a first name, last name, email or phone.");

  private ContactValidator() {}

  static List<FieldProblem> checkNew(FieldChanges values) {
    List<FieldProblem> problems = check(values);
    if (!isIdentified(Fields.NONE.apply(values))) {
      problems.add(UNIDENTIFIED);
    }
    return problems;
  }

  private static boolean isIdentified(Fields fields) {
    return IDENTIFYING.stream().anyMatch(field -> !fields.get(field.fieldName()).isCleared());
  }

  static List<FieldProblem> checkEdit(Contact contact, FieldChanges changes) {
    List<FieldProblem> problems = check(changes);
    if (isIdentified(contact.fields()) && !isIdentified(contact.fields().apply(changes))) {
      problems.add(UNIDENTIFIED);
    }
    problems.addAll(VALIDATOR.checkTooLate(contact, changes));
    return problems;
  }

  private static List<FieldProblem> check(FieldChanges changes) {
    List<FieldProblem> problems = new ArrayList<>(VALIDATOR.check(changes));
    changes
        .get(ContactField.TIMEZONE.fieldName())
        .filter(zone -> zone instanceof FieldValue.Text && !isTimezone(zone))
        .ifPresent(zone -> problems.add(NO_TIMEZONE));
    return problems;
  }

  private static boolean isTimezone(FieldValue value) {
    return FieldValidator.isText(value, ZoneId.getAvailableZoneIds()::contains);
  }
}
