package com.lpai.domain.tenant;

/**
 * The id of a GoHighLevel sub-account: our tenant.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record LocationId(String value) {
  public LocationId {
    value = CrmIds.requireOpaque(value, "location id");
  }

  @Override
  public String toString() {
    return value;
  }
}
