package com.lpai.domain.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Everything that both sides keep of one kind of record: plain fields and groups. */
public final class FieldTable {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

  private final List<MirroredField> fields;
  private final List<FieldGroup> groups;
  private final Map<String, MirroredField> named = new HashMap<>();

  private FieldTable(List<MirroredField> fields, List<FieldGroup> groups) {
    this.fields = fields;
    this.groups = groups;
    fields.forEach(field -> named.put(field.key(), field));
  }

  public static FieldTable of(MirroredField[] fields, FieldGroup... groups) {
    return new FieldTable(List.of(fields), List.of(groups));
  }

  public List<MirroredField> fields() {
    return fields;
  }

  public List<FieldGroup> groups() {
    return groups;
  }

  /** The plain field of this name; empty when there is none such. */
  public Optional<MirroredField> named(String key) {
    return Optional.ofNullable(named.get(key));
  }

  /** The group that this is an element of; empty for anything else. */
  public Optional<FieldGroup> groupOf(FieldName name) {
    for (FieldGroup group : groups) {
      if (name.isIn(group.name())) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  /** What the field's value is; text for an element and for what is in no table. */
  public FieldType typeOf(FieldName name) {
    return named(name.value()).map(MirroredField::type).orElse(FieldType.TEXT);
  }

  /**
   * Fields whose value was kept as it came although it is none of those that we know (spec 5):
   * words of no meaning to us, phones that are no number, and texts where a day, a time, a number
   * or a flag belongs.
   */
  public List<FieldName> flagged(Fields values) {
    List<FieldName> flagged = new ArrayList<>();
    for (MirroredField field : fields) {
      String text = values.text(field.fieldName());
      boolean odd =
          switch (field.type()) {
            case WORD -> !field.words().contains(text);
            case PHONE -> !E164.matcher(text).matches();
            case DAY, MOMENT, AMOUNT, FLAG -> true;
            case TEXT, EMAIL, COUNTRY, STRUCTURE -> false;
          };
      if (odd && !text.isEmpty()) {
        flagged.add(field.fieldName());
      }
    }
    return flagged;
  }
}
