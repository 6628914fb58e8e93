package com.lpai.domain.directory;

/** Keeping custom values; see {@link DirectoryRepositoryContract}. */
public interface CustomValueRepositoryContract extends DirectoryRepositoryContract<CustomValue> {
  @Override
  default CustomValue entry(String id, String name) {
    return new CustomValue(
        new GhlCustomValueId(id), name, "{{ custom_values." + id + " }}", "a.$b");
  }

  @Override
  default CustomValue bareEntry(String id, String name) {
    return new CustomValue(new GhlCustomValueId(id), name, "", "");
  }
}
