package com.lpai.domain.project;

import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.NewCustomField;

/**
 * A project's field that the CRM keeps as a custom field of its opportunity. It is found by its key
 * and made where it is missing (spec 4).
 */
public enum ProjectCustomField {
  PROJECT_TITLE("project_title", "Project Title", "TEXT", 0, ProjectField.PROJECT_TITLE),
  QUOTE_NUMBER("quote_number", "Quote Number", "TEXT", 1, ProjectField.QUOTE_NUMBER),
  SIGNED_DATE("signed_date", "Signed Date", "DATE", 2, ProjectField.SIGNED_DATE);

  private static final String PREFIX = "opportunity.";

  private final String key;
  private final String title;
  private final String dataType;
  private final int position;
  private final ProjectField field;

  ProjectCustomField(String key, String title, String dataType, int position, ProjectField field) {
    this.key = key;
    this.title = title;
    this.dataType = dataType;
    this.position = position;
    this.field = field;
  }

  /** Its name among {@code ghlCustomFields} of a location. */
  public String key() {
    return key;
  }

  /** Our field that it holds. */
  public ProjectField field() {
    return field;
  }

  /** What it is made of where it is missing; the CRM makes the key of the name. */
  public NewCustomField definition() {
    return new NewCustomField(CustomField.Model.OPPORTUNITY, title, dataType, position);
  }

  /** True for a custom field with this key, written with or without the model before it. */
  public boolean hasKeyOf(CustomField candidate) {
    return candidate.model() == CustomField.Model.OPPORTUNITY
        && (candidate.fieldKey().equals(PREFIX + key) || candidate.fieldKey().equals(key));
  }

  /** True for a custom field of this name and type, whatever key the CRM made of the name. */
  public boolean hasNameOf(CustomField candidate) {
    return candidate.model() == CustomField.Model.OPPORTUNITY
        && candidate.name().equalsIgnoreCase(title)
        && candidate.dataType().equals(dataType);
  }
}
