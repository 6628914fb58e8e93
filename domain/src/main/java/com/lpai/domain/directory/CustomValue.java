package com.lpai.domain.directory;

/**
 * A value of a location's own that its texts may name.
 *
 * @param fieldKey the CRM's merge tag, for example {@code {{ custom_values.x }}}
 */
public record CustomValue(GhlCustomValueId id, String name, String fieldKey, String value)
    implements DirectoryEntry {
  @Override
  public String crmId() {
    return id.value();
  }

  /** Id and key only: the value is the location's business. */
  @Override
  public String toString() {
    return "CustomValue[" + id + ", " + fieldKey + "]";
  }
}
