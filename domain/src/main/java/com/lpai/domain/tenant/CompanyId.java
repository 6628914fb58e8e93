package com.lpai.domain.tenant;

/**
 * The id of a GoHighLevel agency, which owns locations.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record CompanyId(String value) {
  /** Stands for the company of a location that never told; no company ever has this id. */
  public static final CompanyId UNKNOWN = new CompanyId("(unknown)");

  public CompanyId {
    value = CrmIds.requireOpaque(value, "company id");
  }

  @Override
  public String toString() {
    return value;
  }
}
