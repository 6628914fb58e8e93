package com.lpai.domain.project;

import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldNormalizer;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings what is said of projects into the one form in which it is kept (spec 5): values normal,
 * and the custom fields that are fields of ours under their names here.
 */
public final class ProjectNormalizer {
  private final FieldNormalizer fields = new FieldNormalizer(ProjectField.TABLE);

  /**
   * The same word of the CRM in normal form.
   *
   * @param customFields the location's custom fields of ours, by {@link ProjectCustomField#key}
   */
  public CrmRecord<GhlOpportunityId> normalise(
      CrmRecord<GhlOpportunityId> said, Map<String, GhlCustomFieldId> customFields) {
    TreeMap<FieldName, FieldValue> named = new TreeMap<>(said.fields().values());
    boolean allListed = said.completeGroups().contains(ProjectField.CRM_CUSTOM_FIELDS);
    for (ProjectCustomField custom : ProjectCustomField.values()) {
      GhlCustomFieldId id = customFields.get(custom.key());
      if (id == null) {
        continue;
      }
      FieldValue value = named.remove(element(id));
      if (value != null) {
        named.put(custom.field().fieldName(), typed(custom.field().type(), value));
      } else if (allListed) {
        named.put(custom.field().fieldName(), FieldValue.cleared());
      }
    }
    return said.saying(fields.normalise(new FieldChanges(named), ""));
  }

  /** What is said here, under our names, in normal form. */
  public FieldChanges normalise(FieldChanges changes) {
    return fields.normalise(changes, "");
  }

  /**
   * The way back: the same changes with our fields that are custom fields there under the CRM's ids
   * of them, as its payloads take them. One without an id, because the CRM lacks the custom field,
   * stays under our name, which no payload takes.
   *
   * @param customFields the location's custom fields of ours, by {@link ProjectCustomField#key}
   */
  public static FieldChanges inCrmsFields(
      FieldChanges changes, Map<String, GhlCustomFieldId> customFields) {
    TreeMap<FieldName, FieldValue> theirs = new TreeMap<>(changes.values());
    for (ProjectCustomField custom : ProjectCustomField.values()) {
      GhlCustomFieldId id = customFields.get(custom.key());
      FieldValue value = theirs.get(custom.field().fieldName());
      if (id != null && value != null) {
        theirs.remove(custom.field().fieldName());
        theirs.put(element(id), value);
      }
    }
    return new FieldChanges(theirs);
  }

  /** The name under which the CRM's custom field of this id is told and kept. */
  public static FieldName element(GhlCustomFieldId id) {
    return FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, id.value());
  }

  /** A value of the field's type, where the CRM's spelling of it can be read. */
  private static FieldValue typed(FieldType type, FieldValue value) {
    return switch (value) {
      case FieldValue.Amount amount when type == FieldType.DAY ->
          new FieldValue.Day(
              Instant.ofEpochMilli(amount.value().longValue())
                  .atOffset(ZoneOffset.UTC)
                  .toLocalDate());
      case FieldValue.Amount amount -> FieldValue.text(amount.value().toPlainString());
      case FieldValue.Text(String text) when type == FieldType.DAY ->
          FieldValue.Day.at(text).<FieldValue>map(day -> day).orElse(value);
      default -> value;
    };
  }
}
