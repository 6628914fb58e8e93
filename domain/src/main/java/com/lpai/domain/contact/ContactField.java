package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldGroup;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.MirroredField;

/**
 * The plain fields of a contact that both sides keep. REST, MongoDB and the CRM's payloads are all
 * mapped from this table (ghl-facts.md 3.1).
 */
public enum ContactField implements MirroredField {
  FIRST_NAME("firstName", FieldType.TEXT, FieldAccess.WRITABLE),
  LAST_NAME("lastName", FieldType.TEXT, FieldAccess.WRITABLE),
  EMAIL("email", FieldType.EMAIL, FieldAccess.WRITABLE),
  PHONE("phone", FieldType.PHONE, FieldAccess.WRITABLE),
  /** Accepted on create only: the CRM's update has no such property (ghl-facts.md 3.1). */
  COMPANY_NAME("companyName", FieldType.TEXT, FieldAccess.CREATE_ONLY),
  /** Accepted on create only: an update with it is refused (ghl-facts.md #313). */
  GENDER("gender", FieldType.TEXT, FieldAccess.CREATE_ONLY),
  ADDRESS1("address1", FieldType.TEXT, FieldAccess.WRITABLE),
  CITY("city", FieldType.TEXT, FieldAccess.WRITABLE),
  STATE("state", FieldType.TEXT, FieldAccess.WRITABLE),
  POSTAL_CODE("postalCode", FieldType.TEXT, FieldAccess.WRITABLE),
  COUNTRY("country", FieldType.COUNTRY, FieldAccess.WRITABLE),
  WEBSITE("website", FieldType.TEXT, FieldAccess.WRITABLE),
  TIMEZONE("timezone", FieldType.TEXT, FieldAccess.WRITABLE),
  SOURCE("source", FieldType.TEXT, FieldAccess.WRITABLE),
  DATE_OF_BIRTH("dateOfBirth", FieldType.DAY, FieldAccess.WRITABLE),
  ASSIGNED_TO("assignedTo", FieldType.TEXT, FieldAccess.WRITABLE),
  DND("dnd", FieldType.FLAG, FieldAccess.WRITABLE),
  TYPE("type", FieldType.TEXT, FieldAccess.READ_ONLY),
  ATTRIBUTION_SOURCE("attributionSource", FieldType.STRUCTURE, FieldAccess.READ_ONLY),
  LAST_ATTRIBUTION_SOURCE("lastAttributionSource", FieldType.STRUCTURE, FieldAccess.READ_ONLY);

  /** The group of a contact's tags: one flag per tag. */
  public static final String TAGS = "tags";

  /** The group of a contact's custom fields, by the CRM's id of the field. */
  public static final String CUSTOM_FIELDS = "customFields";

  /** The group of a contact's do-not-disturb channels: one structure per channel. */
  public static final String DND_SETTINGS = "dndSettings";

  /** All of them. */
  public static final FieldTable TABLE =
      FieldTable.of(
          values(),
          FieldGroup.ofNames(TAGS),
          FieldGroup.ofValues(CUSTOM_FIELDS, "id"),
          FieldGroup.ofValues(DND_SETTINGS, "channel"));

  private final String key;
  private final FieldType type;
  private final FieldAccess access;

  ContactField(String key, FieldType type, FieldAccess access) {
    this.key = key;
    this.type = type;
    this.access = access;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public FieldAccess access() {
    return access;
  }

  @Override
  public boolean isInEvents() {
    return this != GENDER && this != TIMEZONE && access != FieldAccess.READ_ONLY;
  }
}
