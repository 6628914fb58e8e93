package com.lpai.domain.directory;

/**
 * A custom field to be created; the CRM makes its key of the name.
 *
 * @param dataType the CRM's word, for example {@code TEXT} or {@code DATE}
 */
public record NewCustomField(CustomField.Model model, String name, String dataType, int position) {}
