package com.lpai.application.contact;

import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Checks values at the edge, so that what is stored can be pushed (spec 5). */
final class ContactValidator {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int LONGEST_TEXT = 5_000;
  private static final Set<String> GROUPS =
      Set.of(ContactField.TAGS, ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS);

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
    boolean inCrm = contact.crmId().isPresent() || contact.sync().hasCallInFlight();
    for (FieldName name : contact.fields().differing(changes).values().keySet()) {
      Optional<MirroredField> field = ContactField.TABLE.named(name.value());
      if (inCrm && field.filter(f -> f.access() == FieldAccess.CREATE_ONLY).isPresent()) {
        problems.add(
            new FieldProblem(
                name.value(),
                "GoHighLevel takes this field only when a contact is created; change it there."));
      }
    }
    return problems;
  }

  private static List<FieldProblem> check(FieldChanges changes) {
    List<FieldProblem> problems = new ArrayList<>();
    for (Map.Entry<FieldName, FieldValue> change : changes.values().entrySet()) {
      problem(change.getKey(), change.getValue())
          .ifPresent(message -> problems.add(new FieldProblem(change.getKey().value(), message)));
    }
    return problems;
  }

  private static Optional<String> problem(FieldName name, FieldValue value) {
    if (value instanceof FieldValue.Text(String text) && text.length() > LONGEST_TEXT) {
      return Optional.of("At most " + LONGEST_TEXT + " characters are allowed.");
    }
    Optional<MirroredField> field = ContactField.TABLE.named(name.value());
    if (field.isEmpty()) {
      return name.group().filter(GROUPS::contains).isPresent()
          ? Optional.empty()
          : Optional.of("A contact has no such field.");
    }
    if (field.get().access() == FieldAccess.READ_ONLY) {
      return Optional.of("Only GoHighLevel sets this field.");
    }
    return value.isCleared() ? Optional.empty() : typeProblem(field.get(), value);
  }

  private static Optional<String> typeProblem(MirroredField field, FieldValue value) {
    return switch (field.type()) {
      case TEXT -> field == ContactField.TIMEZONE ? timezoneProblem(value) : textProblem(value);
      case PHONE -> textProblem(value);
      case EMAIL ->
          isText(value, EMAIL.asMatchPredicate())
              ? Optional.empty()
              : Optional.of("This is not an e-mail address.");
      case COUNTRY ->
          isText(value, COUNTRIES::contains)
              ? Optional.empty()
              : Optional.of("A country is its ISO 3166 code of two letters, for example US.");
      case DAY ->
          value instanceof FieldValue.Day
              ? Optional.empty()
              : Optional.of("A day is written YYYY-MM-DD.");
      case FLAG ->
          value instanceof FieldValue.Flag
              ? Optional.empty()
              : Optional.of("Only true or false is allowed.");
      case WORD, AMOUNT, MOMENT, STRUCTURE -> Optional.empty();
    };
  }

  private static Optional<String> textProblem(FieldValue value) {
    return value instanceof FieldValue.Text
        ? Optional.empty()
        : Optional.of("A text is expected here.");
  }

  private static Optional<String> timezoneProblem(FieldValue value) {
    return isText(value, ZoneId.getAvailableZoneIds()::contains)
        ? Optional.empty()
        : Optional.of("A time zone is its IANA name, for example America/New_York.");
  }

  private static boolean isText(FieldValue value, Predicate<String> accepted) {
    return value instanceof FieldValue.Text(String text) && accepted.test(text);
  }
}
