package com.lpai.application.edit;

import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.MirroredField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Checks values at the edge by what their fields are, so that what is stored can be pushed. */
public final class FieldValidator {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int LONGEST_TEXT = 5_000;

  private final FieldTable table;
  private final String noun;
  private final Set<String> groups;
  private final int longestText;

  /**
   * For records of this table.
   *
   * @param noun what a person calls such a record
   * @param groups those whose elements may be changed here
   */
  public FieldValidator(FieldTable table, String noun, Set<String> groups) {
    this(table, noun, groups, LONGEST_TEXT);
  }

  /**
   * As above.
   *
   * @param longestText in characters
   */
  public FieldValidator(FieldTable table, String noun, Set<String> groups, int longestText) {
    this.table = table;
    this.noun = noun;
    this.groups = Set.copyOf(groups);
    this.longestText = longestText;
  }

  /** What is wrong with these values, whatever record they are for. */
  public List<FieldProblem> check(FieldChanges changes) {
    List<FieldProblem> problems = new ArrayList<>();
    for (Map.Entry<FieldName, FieldValue> change : changes.values().entrySet()) {
      problem(change.getKey(), change.getValue())
          .ifPresent(message -> problems.add(new FieldProblem(change.getKey().value(), message)));
    }
    return problems;
  }

  /** What of these changes comes too late: the CRM takes it when the record is created only. */
  public List<FieldProblem> checkTooLate(Mirrored<?, ?, ?> record, FieldChanges changes) {
    if (!isInCrm(record)) {
      return List.of();
    }
    return record.fields().differing(changes).values().keySet().stream()
        .map(FieldName::value)
        .filter(name -> table.named(name).filter(FieldValidator::isForCreates).isPresent())
        .map(this::tooLate)
        .toList();
  }

  /** That a field cannot be changed any more. */
  public FieldProblem tooLate(String field) {
    return new FieldProblem(
        field,
        "GoHighLevel takes this field only when a " + noun + " is created; change it there.");
  }

  /** True when the CRM has the record, or may have it by now. */
  public static boolean isInCrm(Mirrored<?, ?, ?> record) {
    return record.crmId().isPresent() || record.sync().hasCallInFlight();
  }

  private static boolean isForCreates(MirroredField field) {
    return field.access() == FieldAccess.CREATE_ONLY;
  }

  private Optional<String> problem(FieldName name, FieldValue value) {
    if (value instanceof FieldValue.Text(String text) && text.length() > longestText) {
      return Optional.of("At most " + longestText + " characters are allowed.");
    }
    Optional<MirroredField> field = table.named(name.value());
    if (field.isEmpty()) {
      return name.group().filter(groups::contains).isPresent()
          ? Optional.empty()
          : Optional.of("A " + noun + " has no such field.");
    }
    if (field.get().access() == FieldAccess.READ_ONLY) {
      return Optional.of("Only GoHighLevel sets this field.");
    }
    return value.isCleared() ? Optional.empty() : typeProblem(field.get(), value);
  }

  private static Optional<String> typeProblem(MirroredField field, FieldValue value) {
    return switch (field.type()) {
      case TEXT, PHONE -> require(value instanceof FieldValue.Text, "A text is expected here.");
      case EMAIL ->
          require(isText(value, EMAIL.asMatchPredicate()), "This is not an e-mail address.");
      case COUNTRY ->
          require(
              isText(value, COUNTRIES::contains),
              "A country is its ISO 3166 code of two letters, for example US.");
      case WORD ->
          require(
              isText(value, field.writableWords()::contains),
              "It is one of " + String.join(", ", field.writableWords()) + ".");
      case DAY -> require(value instanceof FieldValue.Day, "A day is written YYYY-MM-DD.");
      case MOMENT ->
          require(
              value instanceof FieldValue.Moment,
              "A time is written with its zone, for example 2026-11-28T09:30:00Z.");
      case FLAG -> require(value instanceof FieldValue.Flag, "Only true or false is allowed.");
      case AMOUNT -> require(value instanceof FieldValue.Amount, "A number is expected here.");
      case STRUCTURE -> Optional.empty();
    };
  }

  private static Optional<String> require(boolean accepted, String otherwise) {
    return accepted ? Optional.empty() : Optional.of(otherwise);
  }

  /** True for a text that is accepted. */
  public static boolean isText(FieldValue value, Predicate<String> accepted) {
    return value instanceof FieldValue.Text(String text) && accepted.test(text);
  }
}
