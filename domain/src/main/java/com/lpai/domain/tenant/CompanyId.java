package com.lpai.domain.tenant;

/**
 * The id of a GoHighLevel agency, which owns locations.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record CompanyId(String value) {
  public CompanyId {
    value = CrmIds.requireOpaque(value, "company id");
  }

  @Override
  public String toString() {
    return value;
  }
}
