package com.lpai.domain.location;

/**
 * The id of a GoHighLevel sub-account: our tenant. Opaque; its form is never parsed (ghl-facts.md
 * 0).
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
