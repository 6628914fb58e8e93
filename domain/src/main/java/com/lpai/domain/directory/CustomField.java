package com.lpai.domain.directory;

import java.util.List;

/**
 * The definition of a custom field (ghl-facts.md 3.5).
 *
 * @param fieldKey the CRM's key with the model before it, for example {@code
 *     opportunity.quote_number}; empty when it does not tell
 * @param dataType the CRM's word, for example {@code TEXT} or {@code DATE}
 * @param position where it stands among the others
 * @param options what may be chosen; empty when anything may
 */
public record CustomField(
    GhlCustomFieldId id,
    Model model,
    String name,
    String fieldKey,
    String dataType,
    int position,
    List<String> options)
    implements DirectoryEntry {

  /** Whose custom field it is. */
  public enum Model {
    CONTACT,
    OPPORTUNITY
  }

  public CustomField {
    options = List.copyOf(options);
  }

  @Override
  public String crmId() {
    return id.value();
  }
}
