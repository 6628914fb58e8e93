package com.lpai.domain.directory;

import java.util.List;

/** Keeping custom fields; see {@link DirectoryRepositoryContract}. */
public interface CustomFieldRepositoryContract extends DirectoryRepositoryContract<CustomField> {
  @Override
  default CustomField entry(String id, String name) {
    return new CustomField(
        new GhlCustomFieldId(id),
        CustomField.Model.OPPORTUNITY,
        name,
        "opportunity." + id,
        "RADIO",
        7,
        List.of("yes", "no"));
  }

  @Override
  default CustomField bareEntry(String id, String name) {
    return new CustomField(
        new GhlCustomFieldId(id), CustomField.Model.CONTACT, name, "", "TEXT", 0, List.of());
  }
}
